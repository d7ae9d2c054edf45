import type {Path, Value, ValueMap} from './value.js'

/** One member of `Parameters`. Scalars in it are text, as CloudFormation reads them. */
export interface ParameterDeclaration {
  readonly type: string
  readonly default?: string
  readonly description?: string
  readonly noEcho: boolean
  readonly allowedValues?: readonly string[]
  readonly allowedPattern?: string
  readonly constraintDescription?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minValue?: number
  readonly maxValue?: number
  readonly line: number
}

/** One member of `Resources`; `properties` still holds intrinsic functions, in their long form. */
export interface ResourceDeclaration {
  readonly type: string
  readonly properties: ValueMap
  readonly dependsOn: readonly string[]
  readonly condition?: string
  readonly deletionPolicy?: string
  readonly updateReplacePolicy?: string
  readonly creationPolicy?: Value
  readonly updatePolicy?: Value
  readonly metadata?: Value
  readonly line: number
}

/** One member of `Outputs`; `value` and `exportName` are expressions. */
export interface OutputDeclaration {
  readonly value: Value
  readonly description?: string
  readonly exportName?: Value
  readonly condition?: string
  readonly line: number
}

/** One member of `Rules`. */
export interface RuleDeclaration {
  readonly condition?: Value
  readonly assertions: readonly {readonly assert: Value; readonly description?: string}[]
  readonly line: number
}

/** A template that was read: every intrinsic function in its long form, every declaration with its line. */
export interface Template {
  /** What the text came from, usually a path; for messages only. */
  readonly source?: string
  readonly description?: string
  readonly metadata?: Value
  readonly parameters: Readonly<Record<string, ParameterDeclaration>>
  readonly mappings: Readonly<Record<string, ValueMap>>
  readonly conditions: Readonly<Record<string, Value>>
  readonly rules: Readonly<Record<string, RuleDeclaration>>
  readonly resources: Readonly<Record<string, ResourceDeclaration>>
  readonly outputs: Readonly<Record<string, OutputDeclaration>>
  /** Keys written twice in one map; CloudFormation silently keeps the last one. */
  readonly duplicateKeys: readonly {readonly key: string; readonly line: number}[]
  /** No problem was found in it when the program was built. */
  readonly isChecked?: true
  /** The line, from 1, of a value or, where that does not exist, of its nearest container. */
  lineOf(path: Path): number
}
