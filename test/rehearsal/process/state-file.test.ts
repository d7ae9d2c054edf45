import {mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import fc from 'fast-check'
import {afterEach, describe, expect, test, vi} from 'vitest'
import {type Account, emptyAccount} from '../../../src/rehearsal/account/account.js'
import {
  checkAccount,
  defaultStateFile,
  readAccount,
  writeAccount,
} from '../../../src/rehearsal/process/state-file.js'
import {freshStateFile} from './files.js'

const account = emptyAccount({seed: 7, now: 1000})

/** Things whose content is of no interest to the file, under any name. */
const things = fc.dictionary(
  fc.oneof(fc.string({unit: 'grapheme'}), fc.constantFrom('__proto__', 'constructor')),
  fc.jsonValue(),
  {noNullPrototype: true},
)
const accounts = fc
  .record({
    eventQueue: fc.array(fc.jsonValue()),
    buckets: fc.dictionary(fc.string(), fc.record({objects: things, uploads: things}), {
      noNullPrototype: true,
    }),
    regions: fc.dictionary(
      fc.constantFrom('us-west-2', 'eu-central-2', '{'),
      fc.record({name: fc.string(), stacks: things, resources: things, tasks: things, builds: things}),
      {noNullPrototype: true},
    ),
  })
  // As JSON, which has no negative zero.
  .map(parts => JSON.parse(JSON.stringify({...account, ...parts})) as Account)

function thrownBy(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

describe('the state file', () => {
  test('gives back what was written, in a folder made for it, and leaves nothing beside it', () => {
    const file = join(dirname(freshStateFile()), 'deep', 'er', 'account.json')
    writeAccount(file, emptyAccount({seed: 1, now: 0}))
    writeAccount(file, account)
    expect(readAccount(file)).toEqual(account)
    expect(readdirSync(dirname(file))).toEqual(['account.json'])
  })

  test('gives back every account, read as a whole or line by line, and is JSON to everybody else', () => {
    const file = freshStateFile()
    fc.assert(
      fc.property(accounts, account => {
        writeAccount(file, account)
        expect(readAccount(file)).toEqual(account)
        expect(readAccount(file, 0)).toEqual(account)
      }),
      {numRuns: 50},
    )
  })

  test('with lines longer than what is read at once comes back line by line', () => {
    const file = freshStateFile()
    const long = emptyAccount({seed: 1, now: 0})
    for (const name of ['a', 'b']) {
      const objects = {key: {body: '€'.repeat(600_000), etag: '', size: 0, modifiedAt: 0}}
      long.buckets[name] = {
        ...{name, region: 'r', createdAt: 0, tags: {}, configuration: {}, uploads: {}},
        objects,
      }
    }
    writeAccount(file, long)
    expect(readAccount(file, 0)).toEqual(long)
  })

  test('that ends in the middle is refused line by line, too', () => {
    const file = freshStateFile()
    writeAccount(file, account)
    writeFileSync(file, readFileSync(file, 'utf8').trimEnd().slice(0, -1))
    for (const readWhole of [0, undefined]) {
      expect(thrownBy(() => readAccount(file, readWhole))).toMatchObject({code: 'REHEARSAL_STATE_INVALID'})
    }
  })

  test.skipIf(process.platform === 'win32')('is for its owner alone: it holds passwords', () => {
    const file = freshStateFile()
    writeFileSync(file, '', {mode: 0o644})
    writeAccount(file, account)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  test.skipIf(process.platform === 'win32')(
    'is never written in place: who has it open reads the old account to its end',
    () => {
      const file = freshStateFile()
      writeAccount(file, account)
      const before = statSync(file).ino
      writeAccount(file, emptyAccount({seed: 8, now: 0}))
      expect(statSync(file).ino).not.toBe(before)
    },
  )

  test('is no account yet when it is not there', () => {
    expect(readAccount(freshStateFile())).toBeUndefined()
  })

  test('that cannot be read is told apart from one that is not there', () => {
    const file = freshStateFile()
    mkdirSync(file)
    expect(thrownBy(() => readAccount(file))).toMatchObject({code: 'REHEARSAL_STATE_UNREADABLE', exitCode: 2})
  })

  test.each([
    ['no JSON', '{"version": 1'],
    ['no object', 'null'],
    ['of another version', JSON.stringify({...account, version: 3})],
  ])('that is %s is refused and left as it is', (_, text) => {
    const file = freshStateFile()
    writeFileSync(file, text)
    expect(thrownBy(() => readAccount(file))).toMatchObject({code: 'REHEARSAL_STATE_INVALID', exitCode: 2})
    expect(readFileSync(file, 'utf8')).toBe(text)
    for (const readWhole of [0, undefined]) {
      expect(thrownBy(() => checkAccount(file, readWhole))).toMatchObject({code: 'REHEARSAL_STATE_INVALID'})
    }
  })

  test('passes a check, large or small, and when it is not there', () => {
    const file = freshStateFile()
    checkAccount(file)
    writeAccount(file, account)
    checkAccount(file)
    checkAccount(file, 0)
  })

  test('that cannot be written says so, and leaves no draft', () => {
    const file = freshStateFile()
    mkdirSync(join(file, 'in the way'), {recursive: true})
    expect(thrownBy(() => writeAccount(file, account))).toMatchObject({code: 'REHEARSAL_STATE_UNWRITABLE'})
    expect(readdirSync(dirname(file))).toEqual(['account.json'])
  })
})

describe('the default state file', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  test('is the one that MCPGW_REHEARSAL_STATE names, else one in XDG_STATE_HOME', () => {
    vi.stubEnv('XDG_STATE_HOME', '/states')
    vi.stubEnv('MCPGW_REHEARSAL_STATE', '/mine.json')
    expect(defaultStateFile()).toBe('/mine.json')
    vi.stubEnv('MCPGW_REHEARSAL_STATE', '')
    expect(defaultStateFile()).toBe(join('/states', 'mcpgw', 'rehearsal.json'))
  })
})
