/** Where in which file something was found; line and column count from 1. */
export interface TemplateLocation {
  readonly source?: string
  readonly line?: number
  readonly column?: number
}

/**
 * A template, or the parameters given to it, cannot be used.
 *
 * `message` is CloudFormation's own text wherever that text is known, so that the embedded account can
 * answer with it unchanged. `location` is for people: `main-stack.yaml:12:3`, or empty when nothing is known.
 */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
  readonly source: string | undefined
  readonly line: number | undefined
  readonly column: number | undefined

  constructor(message: string, at: TemplateLocation & {readonly cause?: unknown} = {}) {
    super(message, at.cause === undefined ? undefined : {cause: at.cause})
    this.source = at.source
    this.line = at.line
    this.column = at.column
  }

  /** `file:line:column`, as far as it is known. */
  get location(): string {
    return [this.source, this.line, this.column].filter(part => part !== undefined).join(':')
  }
}
