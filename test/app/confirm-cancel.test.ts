import {expect, it, vi} from 'vitest'
import {cancelCommand} from '../../src/app/specifications/cancel.js'

type Confirm = NonNullable<typeof cancelCommand.confirm>

const contextWith = (status: string) =>
  ({
    environment: 'demo',
    commandLine: (command: string) => `mcpgw ${command}`,
    aws: {
      region: 'us-west-2',
      accountAlias: {alias: async () => undefined},
      stacks: {resources: async () => []},
    },
    identity: {account: '123456789012'},
    clock: {now: () => 0},
    existingStacks: [{stack: {name: 'demo', status, createdAt: 0}, layout: 'nested'}],
  }) as unknown as Parameters<Confirm>[1]
const confirm = (status: string, yes: boolean) =>
  cancelCommand.confirm?.(
    {yes, json: false} as Parameters<Confirm>[0],
    contextWith(status),
    new AbortController().signal,
  )

it.each([
  ['CREATE_IN_PROGRESS', /Cancelling a creation deletes what was created, and requires confirmation/],
  ['UPDATE_IN_PROGRESS', /Cancelling an update, .* requires confirmation/],
])('what is in %s is not cancelled where nobody can be asked', async (status, words) => {
  await expect(confirm(status, false)).rejects.toMatchObject({
    code: 'CONFIRMATION_MISSING',
    message: expect.stringMatching(words),
    hint: expect.stringContaining('`mcpgw cancel --yes`'),
  })
})

it('with --yes it is said what becomes of the update', async () => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  await confirm('UPDATE_IN_PROGRESS', true)
  const text = written.mock.calls.join('')
  written.mockRestore()
  expect(text).toMatch(/This is being updated, and will be as it was before, in account 123456789012/)
})
