import {TemplateError} from './error.js'
import type {Template} from './template.js'
import type {Path, Value} from './value.js'

/** The value of `AWS::NoValue`: the property or list element that has it is left out. */
export const noValue: unique symbol = Symbol('AWS::NoValue')
export type Evaluated = Value | typeof noValue

/** Where an expression is: a path as a chain, so that going a step deeper costs nothing to undo. */
export interface At {
  readonly parent?: At
  readonly step: string | number
}

export function below(parent: At | undefined, step: string | number): At {
  return parent === undefined ? {step} : {parent, step}
}

export function atPath(path: Path): At | undefined {
  return path.reduce<At | undefined>(below, undefined)
}

export function pathOf(at: At | undefined): Path {
  const path: (string | number)[] = []
  for (let here = at; here !== undefined; here = here.parent) path.unshift(here.step)
  return path
}

/** The top-level section in which an expression is. */
export function blockOf(at: At | undefined): string {
  let first = at
  while (first?.parent !== undefined) first = first.parent
  return String(first?.step ?? 'Resources')
}

/** What CloudFormation knows by itself. `AWS::StackId` may be missing while nothing exists yet. */
export interface PseudoParameters {
  readonly 'AWS::AccountId'?: string
  readonly 'AWS::Region'?: string
  readonly 'AWS::Partition'?: string
  readonly 'AWS::StackName'?: string
  readonly 'AWS::StackId'?: string
  readonly 'AWS::URLSuffix'?: string
  readonly 'AWS::NotificationARNs'?: readonly string[]
}

/** What only the running stack or the account can answer. A lookup may throw; the error is passed on. */
export interface Lookups {
  /** The physical id of a resource, or whatever `Ref` gives for its type. */
  ref?(logicalId: string): unknown
  getAtt?(logicalId: string, attribute: string): unknown
  importValue?(name: string): unknown
  /** Zones of a region, in order. */
  availabilityZones?(region: string): readonly string[]
  /** The value behind a parameter of type `AWS::SSM::Parameter::Value<…>`; without it `Ref` gives the name. */
  ssmParameter?(name: string): string
}

/** What the intrinsic functions work with. */
export interface Evaluation {
  readonly template: Template
  readonly parameters: Readonly<Record<string, string>>
  readonly pseudo: PseudoParameters
  readonly lookups: Lookups
  condition(name: string): boolean
  isActive(logicalId: string): boolean
  evaluate(expression: Value, at: At | undefined): Evaluated
}

/** An error at the line of an expression. */
export function failAt(template: Template, at: At | undefined, message: string): never {
  throw new TemplateError(message, {source: template.source, line: template.lineOf(pathOf(at))})
}
