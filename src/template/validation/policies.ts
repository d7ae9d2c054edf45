import {messages} from '../messages.js'
import {supportsSnapshot} from '../policies.js'
import type {Template} from '../template.js'
import {problem, type TemplateProblem} from './problem.js'

/** Snapshots that a `DeletionPolicy` asks for where none can be taken. */
export function policyProblems(template: Template): TemplateProblem[] {
  return Object.entries(template.resources).flatMap(([name, {type, deletionPolicy}]) =>
    deletionPolicy === 'Snapshot' && !supportsSnapshot(type)
      ? [problem(template, ['Resources', name, 'DeletionPolicy'], messages.noSnapshot(type))]
      : [],
  )
}
