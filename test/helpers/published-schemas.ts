import {readFileSync} from 'node:fs'
import {Ajv2020, type ValidateFunction} from 'ajv/dist/2020.js'
import {commandNames} from './commands.js'

const folder = new URL('../../schemas/', import.meta.url)

type Schema = {[name: string]: unknown}

/** By the name of the schema; compiled once a process, since that is most of what a validation takes. */
const validators = new Map<string, ValidateFunction>()

/**
 * Where a document is not as the published schema of that name says. Scripts have to bear members that are added later,
 * so that a schema forbids none; here none may be there that it does not tell of.
 * @param name `verify`, `images-check`, `failure` …
 */
export function problemsOfDocument(name: string, document: unknown): string[] {
  const validate = validators.get(name) ?? compiled(name)
  validators.set(name, validate)
  validate(document)
  return (validate.errors ?? []).map(
    ({instancePath, message, params}) => `${name}${instancePath} ${message} ${JSON.stringify(params)}`,
  )
}

/**
 * The document that a command printed with `--json`.
 * @throws where it is none, or is not what is published of this command, or lacks the calls of a command that has asked AWS
 */
export function publishedDocument(args: readonly string[], stdout: string): any {
  const document = JSON.parse(stdout)
  const command = commandNames.find(name => `${args.join(' ')} `.startsWith(`${name} `))
  const isFailure = Object.hasOwn(document, 'error')
  if (command === undefined && !isFailure) throw new Error(`No command of mcpgw: ${args.join(' ')}`)
  const name = isFailure ? 'failure' : (command ?? '').replaceAll(' ', '-')
  const problems = problemsOfDocument(name, document)
  // Whoever knows the account has asked for it.
  const hasAsked = document.account !== null && command !== 'rehearse' && document.run == null
  if (hasAsked && document.apiCalls === undefined) problems.push(`${name} lacks apiCalls`)
  if (problems.length > 0)
    throw new Error(`mcpgw ${args.join(' ')} printed what schemas/ does not say:\n${problems.join('\n')}`)
  return document
}

function compiled(name: string): ValidateFunction {
  const schema: Schema = JSON.parse(readFileSync(new URL(`${name}.schema.json`, folder), 'utf8'))
  return new Ajv2020({allErrors: true}).compile(closed(schema))
}

/** The same schema, but nothing may be there that it does not name. */
function closed(schema: Schema): Schema {
  const $defs = (schema.$defs ?? {}) as {[name: string]: Schema}
  const bases = new Set(basesIn(schema))
  const close = (part: unknown, isPart = false): unknown => {
    if (Array.isArray(part)) return part.map(each => close(each))
    if (typeof part !== 'object' || part === null) return part
    const {properties, allOf, ...rest} = part as Schema
    const others = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, close(value)]))
    const isWhole = !isPart && (properties !== undefined || allOf !== undefined)
    return {
      ...others,
      ...(properties !== undefined && {
        properties: Object.fromEntries(
          Object.entries(properties as Schema).map(([member, value]) => [member, close(value)]),
        ),
      }),
      ...(allOf !== undefined && {allOf: (allOf as Schema[]).map(each => close(each, true))}),
      ...(isWhole && {type: 'object', unevaluatedProperties: false}),
    }
  }
  const {$defs: _, ...root} = schema
  return {
    ...(close(root) as Schema),
    $defs: Object.fromEntries(
      Object.entries($defs).map(([name, def]) => [name, close(def, bases.has(name))]),
    ),
  }
}

/** Names of the definitions that another one is made of: alone, they are not all of it. */
function basesIn(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(basesIn)
  if (typeof schema !== 'object' || schema === null) return []
  return Object.entries(schema).flatMap(([key, value]) => {
    const own =
      key === 'allOf' ? (value as Schema[]).map(({$ref}) => String($ref).replace('#/$defs/', '')) : []
    return [...own, ...basesIn(value)]
  })
}
