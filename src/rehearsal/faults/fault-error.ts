import {invalidInput, type McpgwError} from '../../errors.js'

/** Why a text is no fault. `message` is a sentence without its subject: whoever knows where it is puts that first. */
export class FaultError extends Error {
  override name = 'FaultError'
  constructor(
    message: string,
    readonly hint: string,
    /** The line of the text that it is in. */
    readonly at?: number,
  ) {
    super(message)
  }

  /** As mcpgw reports it; `from` says where the fault was given, such as `faults.yaml:3`. */
  asFailure(from: string): McpgwError {
    return invalidInput('INVALID_FAULT', `${from}: ${this.message}`, this.hint)
  }
}
