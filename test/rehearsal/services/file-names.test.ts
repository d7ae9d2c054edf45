import {readdirSync} from 'node:fs'
import {expect, test} from 'vitest'
import {providersBySchema} from '../../../src/rehearsal/resources/by-schema/index.js'
import type {ResourceProvider} from '../../../src/rehearsal/resources/resource-provider.js'
import {handlerTables} from '../../../src/rehearsal/services/operations.js'
import {typesMade} from '../../../src/rehearsal/services/providers.js'
import * as ec2Served from '../../../src/rehearsal/wire/ec2-served.js'
import {testWorld} from '../helpers/world.js'

const folder = new URL('../../../src/rehearsal/services/', import.meta.url)
const services = readdirSync(folder, {withFileTypes: true}).flatMap(each =>
  each.isDirectory() ? each.name : [],
)
const filesOf = (service: string) => readdirSync(new URL(service, folder))
const having = (file: string) => services.filter(service => filesOf(service).includes(file))
const exportsOf = async (path: string): Promise<Record<string, unknown>> => import(new URL(path, folder).href)

/** `bucketOperations` of `bucket-operations.ts`. */
const inCapitals = (file: string) =>
  file.replace('.ts', '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

test('operations and providers are called alike in all services: after the folder, and their parts after the file', async () => {
  const odd: string[] = []
  for (const service of services) {
    for (const file of filesOf(service)) {
      const [, part, kind] = /^(.*-)?(operations|providers)\.ts$/.exec(file) ?? []
      if (kind === undefined) continue
      const wanted = part === undefined ? `${service}${kind}` : inCapitals(file)
      const same = (name: string) => (part === undefined ? name.toLowerCase() === wanted : name === wanted)
      const names = Object.keys(await exportsOf(`${service}/${file}`))
      if (!names.some(same)) odd.push(`${service}/${file} exports no ${wanted}`)
    }
  }
  expect(odd).toEqual([])
})

test('services/operations.ts has every service that has operations, by the name of its folder', () => {
  const {world} = testWorld()
  expect(Object.keys(handlerTables(world)).sort()).toEqual(having('operations.ts'))
})

test('services/providers.ts has the providers of every service, each type once', async () => {
  const found = [...providersBySchema]
  for (const service of having('providers.ts')) {
    const exported = await exportsOf(`${service}/providers.ts`)
    const list = Object.entries(exported).find(([name]) => name.toLowerCase() === `${service}providers`)?.[1]
    found.push(...(list as ResourceProvider[]))
  }
  expect(found.map(({type}) => type).sort()).toEqual(typesMade())
})

test('wire/ec2-served.ts loads the operations of EC2 that the account has, and no others', () => {
  const names = Object.keys(ec2Served).map(name => name.replace(/\$$/, ''))
  expect(names.sort()).toEqual(Object.keys(handlerTables(testWorld().world).ec2 ?? {}).sort())
})
