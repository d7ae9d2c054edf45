import {member} from '../../template/value.js'
import type {Json} from '../json.js'

/** One connection that a security group lets through, from or to one peer. */
export interface Rule {
  readonly direction: 'ingress' | 'egress'
  /** `-1` is every protocol, and then no port is told. */
  readonly protocol: string
  readonly ports: string
  /** A range, a prefix list, `<network.EfsSecurityGroup>`; undefined where it is known after an apply only. */
  readonly peer: string | undefined
}

/** `ingress tcp 443 from 10.0.0.0/16`, `egress all to 0.0.0.0/0`. */
export function ruleText({direction, protocol, ports, peer}: Rule): string {
  const what = protocol === '-1' ? 'all' : `${protocol} ${ports}`
  return `${direction} ${what} ${direction === 'ingress' ? 'from' : 'to'} ${peer ?? 'what is known after an apply'}`
}

/** Whether a rule whose peer is unknown may turn out to be this one. */
export function mayBe(unknown: Rule, {direction, protocol, ports}: Rule): boolean {
  const isAlike = unknown.direction === direction && unknown.protocol === protocol && unknown.ports === ports
  return unknown.peer === undefined && isAlike
}

const protocolNames: Readonly<Record<string, string>> = {'6': 'tcp', '17': 'udp', '1': 'icmp', all: '-1'}

/** EC2 knows protocols by name and by number. */
export function protocolOf(value: Json | undefined): string {
  const text = String(value ?? '-1').toLowerCase()
  return member(protocolNames, text) ?? text
}

/** `443`, `8000-8003`. */
export function portsOf(protocol: string, from: Json | undefined, to: Json | undefined): string {
  if (protocol === '-1') return ''
  return String(from) === String(to) ? String(from) : `${String(from)}-${String(to)}`
}
