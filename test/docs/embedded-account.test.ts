import {readdirSync, readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {typesMade} from '../../src/rehearsal/services/providers.js'

const root = new URL('../../', import.meta.url)
const page = readFileSync(new URL('docs/embedded-account.md', root), 'utf8')

describe('docs/embedded-account.md', () => {
  test('lists every resource type of the templates', () => {
    const folder = new URL('cloudformation/', root)
    const texts = readdirSync(folder)
      .filter(name => name.endsWith('.yaml'))
      .map(name => readFileSync(new URL(name, folder), 'utf8'))
    const used = texts.flatMap(text => text.match(/(?<=^ {4}Type: )AWS::\w+::\w+/gm) ?? [])
    const missing = [...new Set(used)].filter(type => !typesMade().includes(type))
    expect(missing).toEqual(['AWS::CloudFormation::Stack'])
  })

  test('names the variables that mcpgw rehearse prints', () => {
    const source = readFileSync(new URL('src/commands/rehearse.ts', root), 'utf8')
    const body = /function variablesFor[\s\S]*?return \{([\s\S]*?)\n {2}\}/.exec(source)?.[1] ?? ''
    const names = Array.from(body.matchAll(/^ {4}(\w+):/gm), ([, name]) => name)
    expect(names).toContain('AWS_ENDPOINT_URL')
    expect(names.filter(name => !page.includes(`export ${name}=`))).toEqual([])
  })
})
