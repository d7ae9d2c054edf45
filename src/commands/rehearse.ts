import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../app/base-command.js'
import {emptyHead} from '../app/document-head.js'
import {outputFlags} from '../app/flags.js'
import type {Ending} from '../app/outcome.js'
import {faultFlag, faultsFlag, quotaFlag} from '../app/rehearsal-flags.js'
import {fastestSpeed} from '../clock.js'
import {interruptedExitCode, isAnother, takeSignals} from '../early-signals.js'
import type {ServedAccount} from '../rehearsal/index.js'
import {printJson, printText, printWhole} from '../report/print.js'
import type {RehearseResult} from '../results.js'
import {visible} from '../visible.js'

/** The region that clients are pointed at; the account answers in every other one too. */
const region = 'us-west-2'

/** Real milliseconds: at the usual speed a deployment takes a quarter of a minute. */
const heldLimitMs = 120_000

export default class Rehearse extends BaseCommand {
  static override summary = 'Serve the embedded account on this machine, for mcpgw and any other AWS client.'
  static override description =
    'Runs until Ctrl-C. This is not AWS: nothing here costs money, and nothing exists in AWS.'
  static override examples = [
    '<%= config.bin %> rehearse --port 4566 --speed 200',
    '(umask 077; <%= config.bin %> rehearse > account.env) & # then: . ./account.env; aws cloudformation describe-stacks',
  ]

  static override flags = {
    ...outputFlags,
    port: Flags.integer({
      description: 'Port on 127.0.0.1; 0 picks a free one.',
      default: 4566,
      min: 0,
      max: 65_535,
      env: 'MCPGW_REHEARSE_PORT',
      helpValue: 'N',
    }),
    speed: Flags.integer({
      description: 'Speed of account time, the time in the embedded account, as a multiple of real time.',
      default: 200,
      min: 1,
      max: fastestSpeed,
      helpValue: 'N',
    }),
    seed: Flags.integer({
      description: 'The seed of a new account: the same seed gives the same run.',
      default: 1,
      env: 'MCPGW_REHEARSE_SEED',
      helpValue: 'N',
    }),
    quota: quotaFlag(),
    fault: faultFlag(),
    faults: faultsFlag(),
    open: Flags.boolean({
      description: 'Also accept the access keys "rehearsal" and "test", with any secret.',
      env: 'MCPGW_REHEARSE_OPEN',
    }),
    state: Flags.string({
      description:
        "File in which the account is saved. Default: MCPGW_REHEARSAL_STATE, then the user's state directory.",
      helpValue: 'FILE',
    }),
  }

  protected override async perform(): Promise<Ending> {
    const {flags} = await this.parse(Rehearse)
    const {readFaultsFile, serveAccount, surviveLateExceptions} = await import('../rehearsal/index.js')
    const {port, speed, seed, quota, fault = [], open = false, json} = flags
    const faults = [...fault, ...(flags.faults === undefined ? [] : await readFaultsFile(flags.faults))]
    const ended = new AbortController()
    const onError = (error: unknown) =>
      printText(process.stderr, visible(`A defect in the embedded account: ${String(error)}`))
    const account = await serveAccount({
      port,
      speed,
      seed,
      quotas: quota && Object.fromEntries(quota),
      faults,
      ...(flags.state !== undefined && {stateFile: flags.state}),
      open,
      wait: {limitMs: heldLimitMs, onWait: what => printText(process.stderr, visible(what))},
      onError,
      onStopAsked: () => ended.abort(),
    })
    // Before anything is told: whoever reads the address may stop us at once, and the account is still to be saved.
    const interrupted = untilInterrupted(ended.signal)
    const result: RehearseResult = {
      url: account.url,
      accountId: account.accountId,
      stateFile: account.stateFile,
      seed: account.seed,
      speed,
      open,
      faults: [...account.faults()],
      variables: variablesFor(account),
    }
    // At once: whoever asked needs the address while the account is being served.
    if (json) printJson(process.stdout, {...emptyHead, account: account.accountId, region, ...result})
    else announce(account, speed)
    if (open) printText(process.stderr, whatIsOpen(account))
    await surviveLateExceptions(error =>
      printText(
        process.stderr,
        visible(`Code in the embedded account threw after its end: ${String(error)}`),
      ),
    )
    try {
      await interrupted
    } finally {
      await account.stop()
    }
    if (!json) printText(process.stderr, 'Stopped. The account is kept in its file.')
    return {document: undefined, text: '', exitCode: 0}
  }
}

/** On standard output what a shell can evaluate, everything else on standard error. */
function announce(account: ServedAccount, speed: number): void {
  const lines = [
    'THIS IS NOT AWS. It is the embedded account of mcpgw, on this machine only.',
    `Account ${account.accountId} at ${account.url}, account time ${speed} times as fast as real time, seed ${account.seed}.`,
    `Kept in ${account.stateFile}.`,
    ...account.faults().map(({id, fault}) => `Fault ${id}: ${fault}`),
    'Point any AWS client at it with the lines below; Ctrl-C ends it.',
  ]
  printText(process.stderr, lines.map(visible).join('\n'))
  for (const [name, value] of Object.entries(variablesFor(account)))
    printWhole(process.stdout, `export ${name}=${value}`)
}

/** Who asks for this has to know whom else it lets in. */
function whatIsOpen({port}: ServedAccount): string {
  return [
    'OPEN: the access keys "rehearsal" and "test" are good here, with any secret.',
    `Every program and every user of this machine that can reach port ${port} can read the account's secrets, change and`,
    'delete what is in it, and have code run as you by an inline function. Web pages are refused all the same.',
  ].join('\n')
}

function variablesFor({url, credentials}: ServedAccount): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    NO_PROXY: '127.0.0.1,localhost',
  }
}

function untilInterrupted(ended: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    let firstAt: number | undefined
    const end = () => {
      // Who insists does not wait until the account is saved.
      if (firstAt !== undefined && isAnother(firstAt)) process.exit(interruptedExitCode)
      firstAt ??= performance.now()
      resolve()
    }
    takeSignals(end)
    ended.addEventListener('abort', end, {once: true})
  })
}
