import {readCommonInput} from '../input/common-input.js'
import {readConfig} from '../input/config-file.js'
import {templatesIfReadable} from '../input/template-folder.js'
import type {CheckReport} from '../report/checks.js'
import {paint} from '../report/paint.js'
import {printText} from '../report/print.js'
import type {AwsContext} from '../steps/context.js'
import {visible} from '../visible.js'
import {runWorkflow} from '../workflows/run-workflow.js'
import {whileAsking} from './asking.js'
import {commandLineFor} from './command-line.js'
import {requireConfirmable} from './confirm.js'
import {confirmAccount} from './confirm-account.js'
import {headed, headOfContext, headOfFlags} from './document-head.js'
import type {OutputFlags} from './flags.js'
import {hidingSecrets} from './hide-secrets.js'
import {learned} from './learn.js'
import {type Ending, isFailed, type Outcome} from './outcome.js'
import {Redactor} from './redactor.js'
import {inSession, type Session} from './session.js'
import type {
  AccountCheck,
  CommandSpecification,
  CommonContext,
  CommonFlags,
  LocalFlags,
  LocalSpecification,
  WholeContext,
  Words,
} from './specification.js'

/** Runs a command against an account, from its flags to its ending. */
export async function runCommand<Flags extends CommonFlags, Context extends AwsContext, Result>(
  load: () => Promise<CommandSpecification<Flags, Context, Result>>,
  flags: Flags,
): Promise<Ending> {
  const {environment, timeoutMs, given, secrets, notes} = await readCommonInput(flags)
  tell(notes)
  const redactor = new Redactor(secrets)
  return hidingSecrets(redactor, async () => {
    const specification = await load()
    const {name, follows = false, waiting} = specification
    const account = accountCheckOf(specification, flags)
    const own = specification.read(flags, given)
    const accountRules = account === undefined ? undefined : readConfig().accounts
    const mask = (text: string) => redactor.text(text)
    const commandLine = specification.commandLine?.(flags, mask) ?? commandLineFor(flags)
    const question = specification.mustConfirm?.(flags, commandLine)
    if (question !== undefined) requireConfirmable({...flags, ...question})
    const templates = () => specification.templates?.(own) ?? templatesIfReadable()
    const {OperationRecord} = await import('../steps/stacks/record.js')
    const record = new OperationRecord(templates, commandLine)
    const options = {
      command: name,
      commandLine,
      redactor,
      waiting,
      ...(follows ? {timeoutMs, record} : {}),
      recorded: specification.recorded?.(own),
    }
    const before = await headOfFlags(flags)
    let known: object | undefined
    const ending = await inSession(flags, options, session => {
      const {aws, clock} = session
      const common: CommonContext = {
        ...{aws, clock, environment, commandLine, accountRules, record},
        learned: account => learned({...flags, endpoint: aws.endpoint ?? null, region: aws.region}, account),
      }
      const context = {...common, ...own}
      known = context
      return carryOut(specification, {flags, session, context, redactor})
    })
    if (!isFailed(ending)) return ending
    return {...ending, head: known === undefined ? before : headOfContext(before, known)}
  })
}

/** Looks, has confirmed what needs it, does the work, and hands back its result. */
async function carryOut<Flags extends CommonFlags, Context extends AwsContext, Result>(
  specification: CommandSpecification<Flags, Context, Result>,
  {
    flags,
    session,
    context,
    redactor,
  }: {flags: Flags; session: Session; context: WholeContext<Context>; redactor: Redactor},
): Promise<Outcome> {
  const {name, survey} = specification
  const account = accountCheckOf(specification, flags)
  const {clock, signal, startedAt} = session
  const lookAndConfirm = async () => {
    if (survey !== undefined) await session.show(tell => runWorkflow(survey, context, {clock, tell, signal}))
    if (account === 'confirmed')
      await confirmAccount(flags, context, {signal, command: context.commandLine(name)})
    await specification.confirm?.(flags, context, signal)
  }
  const willAsk = !flags.yes && specification.mustConfirm?.(flags, context.commandLine) !== undefined
  // Whoever sits there looks on until the question comes: the time limit begins with the answer.
  await (willAsk ? whileAsking(lookAndConfirm) : lookAndConfirm())
  const result = await session.show(tell => specification.work(context, {startedAt, tell, signal}, flags))
  const words = specification.words(result, {flags, context, paint: paintFor(flags)})
  // What is written as XML hides a secret from who looks for it.
  const checks = specification.checks?.(redactor.value(result), flags)
  const report = checks && (await reported(checks, flags.output))
  // Asked once in all: a document says of which account it is.
  if (flags.json) context.identity ??= await context.aws.identity.whoAmI().catch(() => undefined)
  const head = headOfContext(await headOfFlags(flags), context)
  return {...outcomeOf(headed(head, result), words, specification.exitCode?.(result)), ...report}
}

/** What of an outcome is another one, when its checks are told as a report. */
async function reported(checks: CheckReport, form: CommonFlags['output']): Promise<Partial<Outcome>> {
  const [{junitOf}, {markdownOf}] = await Promise.all([
    import('../report/junit.js'),
    import('../report/checks-markdown.js'),
  ])
  const page = markdownOf(checks)
  if (form === undefined) return {summary: page}
  return {summary: page, text: form === 'junit' ? junitOf(checks) : page, isValue: true}
}

function accountCheckOf<Flags extends CommonFlags, Context extends AwsContext, Result>(
  {account}: Pick<CommandSpecification<Flags, Context, Result>, 'account'>,
  flags: Flags,
): AccountCheck | undefined {
  return typeof account === 'function' ? account(flags) : account
}

/** Runs a command that asks nothing of AWS. */
export async function runLocally<Flags extends LocalFlags, Result>(
  load: () => Promise<LocalSpecification<Flags, Result>>,
  flags: Flags,
): Promise<Ending> {
  const {given, secrets, notes} = await readCommonInput(flags)
  tell(notes)
  return hidingSecrets(new Redactor(secrets), async () => {
    const {work, words, exitCode} = await load()
    const result = await work(flags, given)
    return outcomeOf(result, words(result, {flags, paint: paintFor(flags)}), exitCode?.(result))
  })
}

/** On standard error, which is for people with `--json` as well. */
function tell(notes: readonly string[]): void {
  for (const note of notes) printText(process.stderr, visible(note))
}

function outcomeOf(document: unknown, words: Words, exitCode = 0): Outcome {
  return {document, exitCode, ...(typeof words === 'string' ? {text: words} : words)}
}

function paintFor(flags: OutputFlags) {
  return paint({stream: process.stdout, noColor: flags['no-color']})
}
