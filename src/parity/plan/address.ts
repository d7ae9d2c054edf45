import {type Address, AddressReader, type ModuleStep} from './address-reader.js'
import {keyText} from './address-text.js'

export {type AddressPattern, bySpecificity, matches, parsePattern} from './address-pattern.js'
export {type Address, AddressError, type InstanceKey, type ModuleStep} from './address-reader.js'

/**
 * Reads an address as Terraform and OpenTofu write it. Keys may hold anything: dots, quotes, brackets, backslashes.
 *
 * @throws AddressError
 * @see https://developer.hashicorp.com/terraform/cli/state/resource-addressing
 */
export function parseAddress(text: string): Address {
  const reader = new AddressReader(text)
  const address = reader.address()
  reader.end()
  return address
}

/** The address as Terraform writes it, keys in the one form that newer versions have. */
export function formatAddress({modules, mode, type, name, key}: Address): string {
  const module = formatModule(modules)
  const prefix = mode === 'managed' ? '' : `${mode}.`
  return `${module === '' ? '' : `${module}.`}${prefix}${type}.${name}${keyText(key)}`
}

/** `module.mcp_gateway.module.alb["a"]`; empty for the root. */
export function formatModule(modules: readonly ModuleStep[]): string {
  return modules.map(({name, key}) => `module.${name}${keyText(key)}`).join('.')
}
