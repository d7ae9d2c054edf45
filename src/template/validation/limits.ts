import {messages} from '../messages.js'
import type {Template} from '../template.js'
import {problem, type TemplateProblem} from './problem.js'

/** Quotas of CloudFormation; https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const limits = {
  resources: 500,
  parameters: 200,
  outputs: 200,
  mappings: 200,
  dynamicReferences: 60,
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
  const references = dynamicReferences(template)
  if (references > limits.dynamicReferences) {
    const message = messages.tooMany('dynamic references', references, limits.dynamicReferences)
    found.push(problem(template, ['Resources'], message))
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

/** Those that `Fn::Sub` completes count as well, and those of an output do not: it keeps them as they are. */
function dynamicReferences({resources}: Template): number {
  const texts = Object.values(resources).map(({properties}) => JSON.stringify(properties))
  return texts.flatMap(text => text.match(/\{\{resolve:(?:ssm|ssm-secure|secretsmanager):/g) ?? []).length
}
