import {ECSClient, ListClustersCommand} from '@aws-sdk/client-ecs'
import {afterEach, expect, test} from 'vitest'
import {endAll, failureOf, faulty} from '../faults/faulty.js'

afterEach(endAll)

const path = '/_mcpgw/faults'

test('faults are set, listed and removed while an account is served', async () => {
  const {client, control, minute} = await faulty([])
  const list = () => new ECSClient(client).send(new ListClustersCommand({}))
  await list()
  expect(await control('POST', path, '# two\nthrottle ecs times=2\ndeny s3 at=5m for=1m\n')).toEqual({
    status: 200,
    body: {
      faults: [
        {id: 'f-1', fault: 'throttle ecs times=2', state: 'live', struck: 0},
        {id: 'f-2', fault: 'deny s3 at=5m for=1m', state: 'waiting', struck: 0},
      ],
    },
  })
  expect(await failureOf(list())).toMatchObject({name: 'ThrottlingException'})
  await minute(6)
  expect((await control('GET', path)).body.faults).toMatchObject([
    {id: 'f-1', state: 'live', struck: 1},
    {id: 'f-2', state: 'over'},
  ])
  expect((await control('GET', '/_mcpgw/account')).body.faults).toMatchObject([{id: 'f-1'}])
  expect((await control('DELETE', `${path}/f-1`)).body.faults).toMatchObject([{id: 'f-2'}])
  await list()
  expect(await control('DELETE', path)).toEqual({status: 200, body: {faults: []}})
})

test('a fault that is set again begins anew, under another id', async () => {
  const {client, control} = await faulty(['throttle ecs once'])
  const list = () => new ECSClient(client).send(new ListClustersCommand({}))
  await failureOf(list())
  await list()
  expect((await control('POST', path, '["throttle ecs once"]')).body.faults).toMatchObject([
    {id: 'f-2', state: 'live', struck: 0},
  ])
  await failureOf(list())
})

test('clear removes what was set before, in its place', async () => {
  const {control} = await faulty(['throttle ecs', 'clear', 'deny ecs'])
  expect((await control('POST', path, 'deny s3')).body.faults).toMatchObject([
    {fault: 'deny ecs'},
    {fault: 'deny s3'},
  ])
  expect((await control('POST', path, 'clear\nhang s3')).body.faults).toMatchObject([{fault: 'hang s3'}])
})

test.each(['', ' \n', '# bad-day.yaml- throttle ecs', '[]', '{"faults": []}'])(
  'what names no fault, %j, is refused, because nothing would happen',
  async body => {
    const {control} = await faulty([])
    expect(await control('POST', path, body)).toEqual({
      status: 400,
      body: {
        message:
          'There is no fault in this. Send a file with curl --data-binary @FILE, which keeps its lines.',
      },
    })
  },
)

test('one that is wrong leaves all of them unset, and says why', async () => {
  const {control} = await faulty([])
  const answer = await control('POST', path, 'throttle ecs\ntrottle s3')
  expect(answer).toMatchObject({
    status: 400,
    body: {message: expect.stringContaining('trottle is no kind of fault. Did you mean throttle?')},
  })
  expect((await control('GET', path)).body).toEqual({faults: []})
})

test('an operation that the account does not have is refused, because its fault would never be triggered', async () => {
  const {control} = await faulty([])
  const message =
    'the embedded account has no operation ecs:ListClustres. Did you mean ecs:ListClusters? docs/embedded-account.md lists the operations that it has.'
  expect(await control('POST', path, 'throttle ecs:ListClustres')).toEqual({status: 400, body: {message}})
  expect((await control('POST', path, 'throttle *:List*\nthrottle s3api:List*')).status).toBe(200)
  await expect(faulty(['deny sts:Describe*'])).rejects.toMatchObject({code: 'INVALID_FAULT', exitCode: 2})
})

test.each([
  ['DELETE', `${path}/f-9`, 404],
  ['PUT', path, 405],
  ['GET', `${path}/f-1`, 405],
])('%s %s is answered with %i', async (method, where, status) => {
  const {control} = await faulty([])
  expect((await control(method, where)).status).toBe(status)
})

test('a fault that is wrong keeps the account from being served', async () => {
  await expect(faulty(['throttle ecs rate=200%'])).rejects.toMatchObject({
    code: 'INVALID_FAULT',
    exitCode: 2,
    message:
      'The fault "throttle ecs rate=200%": rate is a share such as 30%, above 0% and at most 100%, not 200%.',
  })
})
