import {existsSync, readFileSync, renameSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {CloudFormationClient, DeleteStackCommand} from '@aws-sdk/client-cloudformation'
import {Route53} from '@aws-sdk/client-route-53'
import {DrillAccount} from './account.js'
import {type Ended, runCommand} from './command.js'
import {moveIn} from './neighbours.js'

/** An hour: whatever CloudFormation deletes here is gone by then. */
const longEnoughSeconds = 3600

/** Where a drill begins. In each state other people have their things in the account. */
export type StartState =
  | 'empty'
  | 'deployed'
  | 'individual'
  | 'domain'
  | 'no-services'
  | 'network-and-data'
  | 'network-and-compute'
  | 'creating'
  | 'deleting'
  | 'creating-services'
  | 'updating'
  | 'failed'

const makers: Record<StartState, () => Promise<string>> = {
  /** Nothing of the environment. */
  empty: async () => make(undefined, moveIn),
  /** The environment in its nested layout, healthy. */
  deployed: async () => make('empty', account => good(account, 'mcpgw deploy')),
  /** The same in the individual layout. */
  individual: async () => make('empty', account => good(account, 'mcpgw deploy --layout individual')),
  /** The same with a domain whose hosted zone is in the account. */
  domain: async () =>
    make('empty', async account => {
      const route53 = new Route53(account.clientConfig)
      const zone = {Name: 'example.org', CallerReference: 'class'}
      const {HostedZone} = await route53.createHostedZone(zone)
      const id = HostedZone?.Id?.replace('/hostedzone/', '')
      const set = `--set BaseDomain=example.org --set HostedZoneId=${id}`
      await good(account, `mcpgw deploy --layout individual ${set}`)
    }),
  /** Individual layout without its services. */
  'no-services': async () => make('individual', account => remove(account, 'services')),
  'network-and-data': async () => make('no-services', account => remove(account, 'compute')),
  'network-and-compute': async () => make('no-services', account => remove(account, 'data')),
  /** A creation that nobody waits for any more, when the services have just begun. */
  creating: async () =>
    make('empty', account => interrupted(account, 'mcpgw deploy --text', /services: CREATE_IN_PROGRESS/)),
  /** A deletion that nobody waits for any more; none of it was begun ahead of CloudFormation. */
  deleting: async () =>
    make('deployed', account =>
      interrupted(account, 'mcpgw teardown --head-start none --text', /DELETE_IN_PROGRESS/),
    ),
  /** Layout individual; the last stack is being created, or updated, and nobody waits for it. */
  'creating-services': async () =>
    make('no-services', account =>
      interrupted(account, 'mcpgw deploy --layout individual --text', /services: CREATE_IN_PROGRESS/),
    ),
  updating: async () =>
    make('individual', account =>
      interrupted(
        account,
        'mcpgw deploy --layout individual --set TargetCpuUtilization=60 --text',
        /services: UPDATE_IN_PROGRESS/,
      ),
    ),
  /** Layout individual; the creation of its services has failed and was rolled back. */
  failed: async () =>
    make('no-services', async account => {
      await account.setFaults(['fail-create AuthCpuHighAlarm message="Try later."'])
      await runCommand(account, 'mcpgw deploy --layout individual')
      await account.clearFaults()
    }),
}

const made = new Map<StartState, Promise<string>>()

/** What the state file of an account in this state holds; made when it is first asked for. */
export function stateOf(name: StartState): Promise<string> {
  const known = made.get(name)
  if (known) return known
  const making = madeElsewhere(name) ?? makers[name]().then(text => handOn(name, text))
  made.set(name, making)
  return making
}

/** Workers begin their drills alike: what one of them has made, the others need not make. */
function madeElsewhere(name: StartState): Promise<string> | undefined {
  const file = fileOf(name)
  return file !== undefined && existsSync(file) ? Promise.resolve(readFileSync(file, 'utf8')) : undefined
}

function handOn(name: StartState, text: string): string {
  const file = fileOf(name)
  if (file === undefined) return text
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, text)
  renameSync(draft, file)
  return text
}

/** In a folder of this run's own; undefined when a drill is run by itself. */
function fileOf(name: StartState): string | undefined {
  const folder = process.env.MCPGW_DRILL_STATES
  return folder && join(folder, `${name}.json`)
}

async function make(
  from: StartState | undefined,
  work: (account: DrillAccount) => Promise<unknown>,
): Promise<string> {
  const account = await DrillAccount.serve(from && (await stateOf(from)))
  try {
    await work(account)
    return await account.text()
  } finally {
    await account.stop()
  }
}

async function good(account: DrillAccount, line: string): Promise<void> {
  const ended = await runCommand(account, line)
  if (ended.exitCode !== 0) throw new Error(`${line} ended with ${ended.exitCode}: ${ended.stdout}`)
}

async function remove(account: DrillAccount, key: string): Promise<void> {
  const client = new CloudFormationClient(account.clientConfig)
  await client.send(new DeleteStackCommand({StackName: `mcp-gateway-${key}`}))
  await account.pass(longEnoughSeconds)
  client.destroy()
}

/** Runs a command until it prints this, then presses Ctrl-C. */
export async function interrupted(account: DrillAccount, line: string, sign: RegExp): Promise<Ended> {
  let output = ''
  let pressed = false
  const ended = await runCommand(account, line, {
    onOutput(text) {
      output += text
      if (pressed || !sign.test(output)) return
      pressed = true
      process.emit('SIGINT')
    },
  })
  if (ended.exitCode !== 130) throw new Error(`${line} ended with ${ended.exitCode}: ${output}`)
  return ended
}
