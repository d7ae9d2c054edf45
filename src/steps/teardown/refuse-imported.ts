import {stackNameOf} from '../../aws/arn.js'
import {batches} from '../../aws/pages.js'
import {isDeleted} from '../../aws/stack-status.js'
import {McpgwError} from '../../errors.js'
import {importedNames, parseTemplate, TemplateError} from '../../template/index.js'
import {listed} from '../listed.js'
import {pseudoParameters} from '../pseudo-parameters.js'
import type {Step} from '../step.js'
import type {TeardownContext} from './context.js'
import {unlessRefused} from './refused.js'
import {noteUnchecked} from './unchecked.js'

/** Asked at the same time; CloudFormation takes few calls a second. */
const atOnce = 5

/** What CloudFormation shows of a parameter that is declared NoEcho. */
const hiddenValue = '****'

const nestedType = 'AWS::CloudFormation::Stack'

/**
 * Refuses to delete what stacks of others still import: CloudFormation deletes no such stack, and calls its deletion off,
 * by when a head start would have done harm. Who imports is asked of each export, since CloudFormation knows no other way.
 */
export function refuseImported(): Step<TeardownContext> {
  return {
    id: 'imports',
    title: 'Check that nobody else imports from the stacks',
    skip: ({existingStacks}) => (existingStacks?.length === 0 ? 'no stack exists' : undefined),
    async run(context, {tell}) {
      const imported = await unlessRefused(
        () => importedByOthers(context),
        // Then nobody knows: CloudFormation refuses what is imported, and nothing is begun ahead of it.
        reason => noteUnchecked(context, 'whether stacks of others import from these', reason, {tell}),
      )
      context.importsAreKnown = imported !== undefined
      if (imported !== undefined && imported.length > 0) throw importedRefusal(imported, context)
    },
  }
}

interface Imported {
  name: string
  stack: string
  usedBy: readonly string[]
}

async function importedByOthers(context: TeardownContext) {
  const {aws, existingStacks = [], inventory = [], standingStacks} = context
  const ids = new Set([
    ...existingStacks.map(({stack}) => stack.id),
    ...inventory
      .flatMap(({resources}) => resources)
      .filter(({type}) => type === nestedType)
      .map(({physicalId}) => physicalId),
  ])
  // Where there are no other stacks nobody imports, and nobody has to be asked about each export.
  const standing = (standingStacks ?? (await aws.stacks.list())).filter(({status}) => !isDeleted(status))
  const others: readonly OtherStack[] = standing.filter(({id}) => !ids.has(id))
  if (others.length === 0) return []
  const own = new Set([...ids].map(stackNameOf))
  const exports = await aws.stacks.exportsOf(ids)
  // A few templates are read with fewer calls than all exports are asked about.
  const wanted = others.length < exports.length ? await namesImportedBy(context, others) : undefined
  const asked = exports.filter(({name}) => wanted?.has(name) ?? true)
  const found: Imported[] = []
  for (let at = 0; at < asked.length; at += atOnce) {
    const batch = asked.slice(at, at + atOnce)
    const users = await Promise.all(batch.map(({name}) => aws.stacks.importsOf(name)))
    batch.forEach(({name, stackId}, index) => {
      const usedBy = (users[index] ?? []).filter(user => !own.has(user))
      if (usedBy.length > 0) found.push({name, stack: stackNameOf(stackId), usedBy})
    })
  }
  return found
}

/** A stack that is none of ours; its parameters where they are known. */
interface OtherStack {
  readonly id: string
  readonly name: string
  readonly parameters?: Readonly<Record<string, string>>
}

/** What these stacks import, by their templates; undefined where one of them may import anything. */
async function namesImportedBy(
  context: TeardownContext,
  others: readonly OtherStack[],
): Promise<ReadonlySet<string> | undefined> {
  const all = new Set<string>()
  for (const batch of batches(others, atOnce)) {
    for (const names of await Promise.all(batch.map(stack => namesIn(context, stack)))) {
      if (names === undefined) return undefined
      for (const name of names) all.add(name)
    }
  }
  return all
}

/** Undefined for a template that may not be read, that is transformed, or whose imports depend on what is hidden here. */
async function namesIn(
  context: TeardownContext,
  {id, name, parameters}: OtherStack,
): Promise<ReadonlySet<string> | undefined> {
  try {
    const text = await context.aws.stacks.template(id)
    if (/Transform/.test(text)) return undefined
    if (!/ImportValue/.test(text)) return new Set()
    if (parameters === undefined) return undefined
    const names = importedNames(parseTemplate(text), parameters, pseudoParameters(context, {id, name}))
    return [...names].some(imported => imported.includes(hiddenValue)) ? undefined : names
  } catch (error) {
    if (error instanceof McpgwError || error instanceof TemplateError) return undefined
    throw error
  }
}

function importedRefusal(imported: readonly Imported[], {commandLine}: TeardownContext): McpgwError {
  const others = [...new Set(imported.flatMap(({usedBy}) => usedBy))]
  const [stacks, they] = others.length === 1 ? ['Stack', 'it is'] : ['Stacks', 'they are']
  return new McpgwError(
    `${stacks} ${listed(others)}, which mcpgw did not make for this environment, use exports of its stacks. CloudFormation deletes no stack whose exports are in use. Nothing was deleted.`,
    {
      code: 'IMPORTED_ELSEWHERE',
      exitCode: 3,
      points: imported.map(({name, stack, usedBy}) => `${name} of stack ${stack}, used by ${listed(usedBy)}`),
      hint: `Have ${others.length === 1 ? 'it' : 'them'} deleted or changed by whoever made ${others.length === 1 ? 'it' : 'them'}; when ${they} gone, run \`${commandLine('teardown')}\`.`,
    },
  )
}
