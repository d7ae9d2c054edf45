import {expect, it} from 'vitest'
import {newKey} from '../../../../src/rehearsal/account/access-key.js'
import type {Resource} from '../../../../src/rehearsal/account/account.js'
import {runFunction, startAhead} from '../../../../src/rehearsal/services/lambda/run-function.js'

const run = (code: string) => {
  const lambda: Resource = {
    ...{type: 'AWS::Lambda::Function', physicalId: 'demo', createdAt: 0},
    properties: {Code: {ZipFile: code}, Handler: 'index.handler', Timeout: 3},
    ...{attributes: {}, tags: {}, data: {}},
  }
  const context = {region: 'us-west-2', accountId: '1', endpoint: 'http://127.0.0.1:9', requestId: 'r1'}
  return runFunction(lambda, {}, {...context, credentials: newKey()})
}

it('a process that was started ahead has loaded the clients that the code asks for, or does without', async () => {
  // As many as may wait from earlier runs.
  const ending = 'exports.handler = async () => process.exit()'
  await Promise.all([run(ending), run(ending)])

  startAhead(`const a = require('@aws-sdk/client-sts'), b = require("@aws-sdk/client-of-nobody")`)

  const {result} = await run(`exports.handler = async () => {
    const loaded = Object.keys(process.getBuiltinModule('node:module')._cache)
    return loaded.some(file => file.includes('client-sts'))
  }`)

  expect(result).toBe(true)
})
