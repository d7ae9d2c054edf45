import {messages} from '../messages.js'
import type {Template} from '../template.js'
import {problem, type TemplateProblem} from './problem.js'

/** Quotas of CloudFormation; https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const limits = {
  resources: 500,
  parameters: 200,
  outputs: 200,
  mappings: 200,
  nameLength: 255,
  descriptionBytes: 1024,
}

const sections = [
  {key: 'parameters', path: 'Parameters', kind: 'Parameter'},
  {key: 'mappings', path: 'Mappings', kind: 'Mapping'},
  {key: 'conditions', path: 'Conditions', kind: 'Condition'},
  {key: 'resources', path: 'Resources', kind: 'Resource'},
  {key: 'outputs', path: 'Outputs', kind: 'Outputs'},
] as const

/** Names that CloudFormation does not allow, and more of something than it allows. */
export function limitProblems(template: Template): TemplateProblem[] {
  const found: TemplateProblem[] = []
  if (Buffer.byteLength(template.description ?? '') > limits.descriptionBytes) {
    found.push(problem(template, ['Description'], messages.descriptionTooLong))
  }
  for (const {key, path, kind} of sections) {
    const names = Object.keys(template[key])
    const limit = key === 'conditions' ? Number.POSITIVE_INFINITY : limits[key]
    if (names.length > limit)
      found.push(problem(template, [path], messages.tooMany(key, names.length, limit)))
    for (const name of names) {
      if (!/^[A-Za-z0-9]+$/.test(name))
        found.push(problem(template, [path, name], messages.notAlphanumeric(kind, name)))
      else if (name.length > limits.nameLength) {
        found.push(problem(template, [path, name], messages.nameTooLong(kind, name)))
      }
    }
  }
  return found
}
