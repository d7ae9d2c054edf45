import {readFileSync} from 'node:fs'
import {GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client} from '@aws-sdk/client-s3'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {dictionary} from '../../../src/rehearsal/account/dictionary.js'
import type {World} from '../../../src/rehearsal/account/world.js'
import {readAccount, writeAccount} from '../../../src/rehearsal/process/state-file.js'
import {handlerTables} from '../../../src/rehearsal/services/operations.js'
import {callIn} from '../helpers/call.js'
import {testWorld} from '../helpers/world.js'
import {freshStateFile} from '../process/files.js'
import {type Served, served} from '../services/served.js'

/** Names that every JavaScript object answers to. */
const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']

it('a dictionary has the names that were put into it, and no other', () => {
  expect(names.map(name => dictionary()[name])).toEqual(names.map(() => undefined))
  const filled = dictionary<number>()
  for (const [index, name] of names.entries()) filled[name] = index
  expect(Object.keys(filled)).toEqual(names)
  expect(Object.keys(dictionary(filled))).toEqual(names)
})

describe('an account whose clients choose names of JavaScript', () => {
  let world: World
  let wire: Served
  let s3: S3Client

  beforeAll(async () => {
    world = testWorld().world
    const tables = handlerTables(world)
    tables.s3?.CreateBucket?.(
      {Bucket: 'demo', CreateBucketConfiguration: {LocationConstraint: 'us-west-2'}},
      callIn('us-west-2'),
    )
    wire = await served(tables)
    s3 = new S3Client(wire.client)
  })

  // Fails if any handler threw what it did not mean to.
  afterAll(() => wire.close())

  it.each(names)('has no object %s before one is put, and that one afterwards', async Key => {
    const get = () => s3.send(new GetObjectCommand({Bucket: 'demo', Key}))
    await expect(get()).rejects.toMatchObject({name: 'NoSuchKey'})
    await s3.send(new PutObjectCommand({Bucket: 'demo', Key, Body: Key, IfNoneMatch: '*'}))
    expect(await (await get()).Body?.transformToString()).toBe(Key)
  })

  it('lists them all, also after it was written and read', async () => {
    const {Contents = []} = await s3.send(new ListObjectsV2Command({Bucket: 'demo'}))
    expect(Contents.map(({Key}) => Key)).toEqual([...names].sort())
    const file = freshStateFile()
    writeAccount(file, world.account)
    expect(readFileSync(file, 'utf8')).toContain('"__proto__"')
    for (const wholeBytes of [undefined, 0]) {
      const objects = readAccount(file, wholeBytes)?.buckets.demo?.objects ?? {}
      expect(Object.keys(objects).sort()).toEqual([...names].sort())
      expect(objects.valueOf).toBeUndefined()
    }
  })

  it.each(names)('has no bucket and no build %s', async name => {
    const tables = handlerTables(world)
    const here = callIn('us-west-2')
    expect(tables.codebuild?.BatchGetBuilds?.({ids: [name]}, here)).toMatchObject({
      builds: [],
      buildsNotFound: [name],
    })
    expect(Object.hasOwn(world.account.regions, name)).toBe(false)
    if (name !== 'constructor') return
    const location = {CreateBucketConfiguration: {LocationConstraint: 'us-west-2' as const}}
    expect(tables.s3?.CreateBucket?.({Bucket: name, ...location}, here)).toMatchObject({
      Location: expect.stringContaining(name),
    })
  })
})
