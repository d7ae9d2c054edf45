import {describe, expect, it} from 'vitest'
import {awsAnswering, json, jsonError} from './wire.js'

const gone = () => jsonError('ResourceNotFoundException', 'The specified log group does not exist.')

describe('logs', () => {
  it('reads the last messages of a stream in the order in which they were written', async () => {
    const events = [{message: 'first\n'}, {message: 'last'}]
    const {aws, calls} = await awsAnswering(() => json({events}))
    expect(await aws.logs.tail('/ecs/demo', 'ecs/app/1', 20)).toEqual(['first', 'last'])
    expect(calls.map(call => [call.operation, call.json])).toEqual([
      ['GetLogEvents', {logGroupName: '/ecs/demo', logStreamName: 'ecs/app/1', limit: 20}],
    ])
  })

  it('names the streams that were written to last', async () => {
    const {aws, calls} = await awsAnswering(() =>
      json({logStreams: [{logStreamName: 'new'}, {logStreamName: 'old'}]}),
    )
    expect(await aws.logs.newestStreams('/aws/lambda/demo', 2)).toEqual(['new', 'old'])
    expect(calls[0]?.json).toEqual({
      logGroupName: '/aws/lambda/demo',
      orderBy: 'LastEventTime',
      descending: true,
      limit: 2,
    })
  })

  it('tells a log that does not exist from an empty one', async () => {
    const {aws} = await awsAnswering(gone)
    expect(await aws.logs.tail('/x', 'y', 20)).toBeUndefined()
    expect(await aws.logs.newestStreams('/x', 2)).toBeUndefined()
  })

  it('does not take a refusal for a missing log', async () => {
    const {aws} = await awsAnswering(() => jsonError('AccessDeniedException', 'no'))
    await expect(aws.logs.tail('/x', 'y', 20)).rejects.toMatchObject({code: 'ACCESS_DENIED'})
  })
})
