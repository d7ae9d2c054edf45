import {mkdirSync, readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {describe, expect, inject, test} from 'vitest'
import {run} from '../clients.js'

const {document, folder} = inject('deployed')

// `aws cloudformation deploy` names a change set by the second, and a change set that was executed keeps its name.
const nextSecond = () => sleep(1000 - (Date.now() % 1000))

const template = `
Parameters: {Word: {Type: String, Default: first}}
Resources:
  Note: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !Ref Word}}
Outputs:
  Note: {Value: !Ref Note}
`

/** `aws2` is version 2 under a name of its own. */
describe.each([
  ['aws', /^aws-cli\/1\./],
  ['aws2', /^aws-cli\/2\./],
])('%s, with its commands that take several calls,', (command, version) => {
  const local = join(folder, `of-${command}`)
  const ask = async (...args: string[]): Promise<string> => {
    const {code, stdout, stderr} = await run(command, args)
    expect(code, `${command} ${args.join(' ')}: ${stdout}${stderr}`).toBe(0)
    return stdout
  }

  test('is of that version', async () => {
    expect(await ask('--version')).toMatch(version)
  })

  test('deploys a stack by change sets, changes it, finds nothing to change, and waits until it is gone', async () => {
    const name = `deployed-by-${command}`
    mkdirSync(local, {recursive: true})
    const file = join(local, 'template.yaml')
    writeFileSync(file, template)
    const deploy = (...more: string[]) =>
      ask('cloudformation', 'deploy', '--stack-name', name, '--template-file', file, ...more)
    const value = async () => {
      const {Stacks} = JSON.parse(await ask('cloudformation', 'describe-stacks', '--stack-name', name))
      const [{OutputValue}] = Stacks[0].Outputs
      return JSON.parse(await ask('ssm', 'get-parameter', '--name', OutputValue)).Parameter.Value
    }
    expect(await deploy()).toContain(`Successfully created/updated stack - ${name}`)
    expect(await value()).toBe('first')
    await nextSecond()
    await deploy('--parameter-overrides', 'Word=second')
    expect(await value()).toBe('second')
    await nextSecond()
    expect(await deploy('--no-fail-on-empty-changeset')).toContain('No changes to deploy')
    await ask('cloudformation', 'delete-stack', '--stack-name', name)
    await ask('cloudformation', 'wait', 'stack-delete-complete', '--stack-name', name)
    expect((await run(command, ['cloudformation', 'describe-stacks', '--stack-name', name])).code).not.toBe(0)
  })

  test('brings a folder to a bucket and back, once', async () => {
    const from = join(local, 'from')
    mkdirSync(join(from, 'in a folder'), {recursive: true})
    for (const name of ['one', 'in a folder/two ü']) writeFileSync(join(from, name), name)
    const bucket = `s3://synced-by-${command}`
    await ask('s3', 'mb', bucket)
    const sync = ['s3', 'sync', from, bucket, '--no-progress']
    expect((await ask(...sync)).match(/^upload: /gm)).toHaveLength(2)
    expect(await ask(...sync)).toBe('')
    await ask('s3', 'cp', bucket, join(local, 'to'), '--recursive', '--no-progress')
    expect(readdirSync(join(local, 'to'), {recursive: true}).sort()).toEqual(
      readdirSync(from, {recursive: true}).sort(),
    )
    await ask('s3', 'rm', bucket, '--recursive')
    expect(await ask('s3', 'ls', bucket)).toBe('')
    await ask('s3', 'rb', bucket)
  })

  test('waits for the services of a cluster', async () => {
    const [{cluster}] = document.verification.services
    const names = document.verification.services
      .filter((service: any) => service.cluster === cluster)
      .map(({name}: any) => name)
    await ask('ecs', 'wait', 'services-stable', '--cluster', cluster, '--services', ...names)
  })

  // Version 1 has no such command.
  test.skipIf(command === 'aws')('tails what containers wrote', async () => {
    const {logGroups} = JSON.parse(await ask('logs', 'describe-log-groups'))
    const [group] = logGroups.filter(({storedBytes}: any) => storedBytes > 0)
    const {events} = JSON.parse(
      await ask('logs', 'filter-log-events', '--log-group-name', group.logGroupName, '--max-items', '1'),
    )
    const tail = await ask('logs', 'tail', group.logGroupName, '--since', '2020-01-01T00:00:00+00:00')
    expect(tail).toContain(events[0].message)
  })
})
