import type {Template} from '../template.js'
import type {Path} from '../value.js'

/** Something that CloudFormation would refuse. */
export interface TemplateProblem {
  /** CloudFormation's words. */
  readonly message: string
  readonly path: Path
  readonly line: number
}

export function problem(template: Template, path: Path, message: string): TemplateProblem {
  return {message, path, line: template.lineOf(path)}
}
