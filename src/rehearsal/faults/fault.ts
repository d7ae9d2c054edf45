import type {SetFault} from '../account/fault.js'
import type {catalogue, FaultKind, timing} from './catalogue.js'
import type {Reader} from './values.js'

type ValueOf<R> = R extends Reader<infer T> ? T : never
type OptionsOf<K extends FaultKind> = {
  -readonly [Name in keyof (typeof catalogue)[K]['options']]?: ValueOf<(typeof catalogue)[K]['options'][Name]>
}

/** When a fault is live, in milliseconds of the account's time since it was set, and how often it is triggered. */
export type Timing = {-readonly [Name in keyof typeof timing]?: ValueOf<(typeof timing)[Name]['reader']>}

/** A fault of one kind, as plain data. */
export type FaultOf<K extends FaultKind> = {kind: K; where: string; options: OptionsOf<K>; timing: Timing}

/** A fault: the union of all kinds, told apart by `kind`. */
export type Fault = {[K in FaultKind]: FaultOf<K>}[FaultKind]

/** The fault that an account keeps: its `kind` says which options it has. */
export function faultOf({fault}: SetFault): Fault {
  return fault as Fault
}
