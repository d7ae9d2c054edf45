import type {Aws} from '../../../aws/aws.js'
import {awsCommand} from '../../../aws/command-line.js'
import {block, type Check, judgePlanned, pass} from '../check.js'
import {fixedNames} from '../will-make.js'

/** A name that something has already. */
export interface Taken {
  readonly name: string
  /** Why it still does, `is pending deletion`; `exists` unless said. */
  readonly how?: string
  /** The commands of the AWS CLI that free it, without `aws`. */
  readonly freeing: readonly string[]
}

interface Named {
  id: string
  title: string
  looksAt: string
  /** For sentences: one of them, and several. */
  thing: readonly [one: string, several: string]
  /** The property that fixes the name, by type. */
  properties: Readonly<Record<string, string>>
  taken(names: readonly string[], aws: Aws, environment: string): Promise<readonly Taken[]>
}

/** Commands in an advice: more would not be read. */
const mostCommands = 3

/**
 * Whether the names that the templates fix are free. CloudFormation refuses a stack at once for some that are taken,
 * and fails in the middle for others.
 */
export function nameCheck({id, title, looksAt, thing, properties, taken}: Named): Check {
  return {
    id,
    title,
    looksAt,
    blocksWhen: 'a name is already in use',
    run: context =>
      judgePlanned(context, async planned => {
        const {aws, environment} = context
        const names = Object.entries(properties).flatMap(([type, property]) =>
          fixedNames(planned, type, property),
        )
        if (names.length === 0) return pass('no names are fixed')
        const found = await taken(names, aws, environment)
        if (found.length === 0)
          return pass(names.length === 1 ? '1 name is free' : `${names.length} names are free`)
        const said = found.map(({name, how = 'exists'}) => `${name} ${how}`).join(', ')
        const commands = found
          .slice(0, mostCommands)
          .map(({freeing}) => `\`${freeing.map(command => awsCommand(aws, command)).join('; ')}\``)
          .join(', ')
        const more = found.length > mostCommands ? ` and ${found.length - mostCommands} more like it` : ''
        const [has, them] =
          found.length === 1 ? [`a ${thing[0]} has already`, 'it'] : [`${thing[1]} have already`, 'them']
        return block(
          `The templates fix names that ${has}: ${said}.`,
          `If ${them} can be deleted, run ${commands}${more}. Or deploy with another --environment.`,
        )
      }),
  }
}

/** Those of `names` that are among `existing`. */
export function among(
  names: readonly string[],
  existing: readonly string[],
  freeing: (name: string) => string,
): readonly Taken[] {
  const known = new Set(existing)
  return names.filter(name => known.has(name)).map(name => ({name, freeing: [freeing(name)]}))
}
