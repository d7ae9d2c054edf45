import {McpgwError} from '../errors.js'
import type {Clients} from './clients.js'

/** The name that an account goes by. */
export interface AccountAlias {
  /** Undefined when the account has none, or the caller may not ask. Asked once. */
  alias(): Promise<string | undefined>
}

export function createAccountAlias(clients: Pick<Clients, 'iam'>): AccountAlias {
  let asked: Promise<string | undefined> | undefined
  return {
    alias() {
      asked ??= firstAlias(clients)
      return asked
    },
  }
}

async function firstAlias(clients: Pick<Clients, 'iam'>): Promise<string | undefined> {
  const iam = await clients.iam()
  try {
    return (await iam.listAccountAliases({})).AccountAliases?.[0]
  } catch (error) {
    if (error instanceof McpgwError && error.code === 'ACCESS_DENIED') return undefined
    throw error
  }
}
