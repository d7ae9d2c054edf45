/** One parameter as the user gave it, and where, for messages. */
export interface GivenParameter {
  name: string
  value: string
  /** `params.json:12` or `--set`. */
  from: string
  /** `UsePreviousValue`: the value that the stack has stays, and `value` is empty. */
  usesPrevious?: true
  /** The members of a list in a file, each with its own line; undefined for any other value. */
  members?: readonly {value: string; from: string}[]
}

/** All of them, by name. */
export type GivenParameters = ReadonlyMap<string, GivenParameter>
