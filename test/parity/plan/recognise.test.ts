import {deflateRawSync, gzipSync} from 'node:zlib'
import {describe, expect, test} from 'vitest'
import {McpgwError} from '../../../src/errors.js'
import {recognise} from '../../../src/parity/plan/recognise.js'
import {bytesOf, planDocument, recorded, stateDocument} from './documents.js'

const plan = planDocument({'aws_x.y': {after: {name: 'é😀'}}})
const state = stateDocument({'aws_x.y': {values: {name: 'x'}}})
const text = JSON.stringify(plan)

function big(bytes: Buffer): Buffer {
  return Buffer.from(bytes).swap16()
}

const utf16 = Buffer.from(text, 'utf16le')
const mark = Buffer.from([0xff, 0xfe])

describe('recognise', () => {
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16LE with a byte order mark, as PowerShell writes it', Buffer.concat([mark, utf16])],
    ['UTF-16LE without one', utf16],
    ['UTF-16BE with a byte order mark', big(Buffer.concat([mark, utf16]))],
    ['UTF-16BE without one', big(utf16)],
    ['UTF-16LE with line ends of Windows', Buffer.from(`\uFEFF\r\n${text}\r\n`, 'utf16le')],
    ['gzip', gzipSync(text)],
    ['gzip of UTF-16LE', gzipSync(Buffer.concat([mark, utf16]))],
    ['several lines', Buffer.from(JSON.stringify(plan, null, 2))],
  ])('reads %s', (_, bytes) => {
    expect(recognise(bytes, 'plan.json', 'plan')).toEqual(plan)
  })

  test('reads the recorded documents', () => {
    expect(recognise(recorded('domain-use1'), 'p', 'plan')).toHaveProperty('resource_changes')
    expect(recognise(recorded('applied-state'), 's', 'state')).toHaveProperty('values')
  })

  test('passes over members that it does not know, of every minor version', () => {
    const later = {...plan, format_version: '1.99', new_member: {a: 1}}
    expect(recognise(bytesOf(later), 'p', 'plan')).toEqual(later)
  })

  test.each(wrongFiles())('refuses %s with %s', (_, code, bytes, wanted = 'plan') => {
    const refused = refusalOf(bytes, wanted)
    expect(refused).toMatchObject({code, exitCode: 2, cause: undefined})
    expect(refused.message).toContain('my-plan.json')
    expect(refused.hint).toMatch(/tofu show -json|Use a later mcpgw|tofu plan -out/)
  })

  test('begins a sentence with standard input', () => {
    expect(refusalOf(Buffer.alloc(0), 'plan', 'standard input').message).toBe(
      'Standard input is empty: the command that should have written it failed, or has not run.',
    )
  })

  test('names the place where JSON was cut off', () => {
    const cut = Buffer.from(JSON.stringify(plan, null, 2).slice(0, 100))
    expect(refusalOf(cut).message).toMatch(
      /^The JSON of my-plan\.json breaks off at line \d+, column \d+: it was cut off\.$/,
    )
  })

  test('takes no long look at a long text', () => {
    const began = performance.now()
    expect(refusalOf(Buffer.from(`x${'\n'.repeat(3_000_000)}y`)).code).toBe('TERRAFORM_NOT_JSON')
    expect(refusalOf(Buffer.from('a-'.repeat(2_000_000))).code).toBe('TERRAFORM_NOT_JSON')
    expect(performance.now() - began).toBeLessThan(2000)
  })

  test('repeats nothing of what a file holds', () => {
    const canary = 'Canary-7391-Passw0rd'
    const broken = [
      `{"a": "${canary}" "b"}`,
      `{"a": ${canary}}`,
      `${canary}`,
      `{"format_version": "${canary}"}`,
      `{"version": 4, "serial": 1, "x": "${canary}"}`,
      `{"a":"${canary}`,
      `password = "${canary}"`,
      `{"planned_values": "${canary}", "format_version": "1.${canary}"}`,
    ]
    for (const each of broken) {
      const {message, hint, points, stack} = refusalOf(Buffer.from(each))
      expect(JSON.stringify({message, hint, points, stack})).not.toContain('Canary')
    }
  })
})

function refusalOf(bytes: Uint8Array, wanted: 'plan' | 'state' = 'plan', name = 'my-plan.json'): McpgwError {
  try {
    recognise(bytes, name, wanted)
  } catch (error) {
    if (error instanceof McpgwError) return error
    throw error
  }
  throw new Error('It was not refused.')
}

type WrongFile = [string, string, Buffer, ('plan' | 'state')?]

function wrongFiles(): WrongFile[] {
  const json = (document: unknown) => bytesOf(document)
  const zip = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), deflateRawSync('tfplan')])
  const versionMessage =
    '{"@level":"info","@message":"OpenTofu 1.12.6","@module":"tofu.ui","@timestamp":"2026-01-01T00:00:00Z","tofu":"1.12.6","type":"version","ui":"1.2"}'
  const stream = `${versionMessage}\n{"@level":"info","@message":"Plan: 1 to add","type":"change_summary"}\n`
  const shown =
    '\nOpenTofu used the selected providers to generate the following execution\nplan.\n\n  # aws_vpc.this[0] will be created\n'
  const coloured = '\x1b[0m\x1b[1maws_vpc.this: Refreshing state... [id=vpc-1]\x1b[0m\n'
  const stateText = '# module.vpc.aws_vpc.this["a b"]:\nresource "aws_vpc" "this" {\n    id = "vpc-1"\n}\n'
  return [
    ['an empty file', 'TERRAFORM_FILE_EMPTY', Buffer.alloc(0)],
    ['blanks', 'TERRAFORM_FILE_EMPTY', Buffer.from('\uFEFF \r\n')],
    ['a byte order mark of PowerShell alone', 'TERRAFORM_FILE_EMPTY', mark],
    ['a saved plan', 'TERRAFORM_BINARY_PLAN', zip],
    ['a saved plan given as state', 'TERRAFORM_BINARY_PLAN', zip, 'state'],
    ['gzip that was cut off', 'TERRAFORM_FILE_DAMAGED', gzipSync(text).subarray(0, 40)],
    ['bytes that are no text', 'TERRAFORM_FILE_NO_TEXT', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
    ['the text of a plan', 'TERRAFORM_TEXT_OUTPUT', Buffer.from(shown)],
    [
      'the text of a plan, as PowerShell writes it',
      'TERRAFORM_TEXT_OUTPUT',
      Buffer.from(`\uFEFF${shown}`, 'utf16le'),
    ],
    ['coloured text', 'TERRAFORM_TEXT_OUTPUT', Buffer.from(coloured)],
    [
      'the text of a plan without changes',
      'TERRAFORM_TEXT_OUTPUT',
      Buffer.from('\nNo changes. Your infrastructure matches the configuration.\n'),
    ],
    ['the text of a state', 'TERRAFORM_TEXT_OUTPUT', Buffer.from(stateText), 'state'],
    ['the text of an empty state', 'TERRAFORM_TEXT_OUTPUT', Buffer.from('No state.\n')],
    ['an error', 'TERRAFORM_TEXT_OUTPUT', Buffer.from('╷\n│ Error: Failed to read the given file\n╵\n')],
    [
      'a warning before the JSON',
      'TERRAFORM_TEXT_BEFORE_JSON',
      Buffer.from(`\nWarning: Unable to open CLI configuration file\n\n${text}\n`),
    ],
    ['plan -json', 'TERRAFORM_EVENT_STREAM', Buffer.from(stream)],
    [
      'plan -json, as PowerShell writes it',
      'TERRAFORM_EVENT_STREAM',
      Buffer.from(`\uFEFF${stream}`, 'utf16le'),
    ],
    ['plan -json that ended at once', 'TERRAFORM_EVENT_STREAM', Buffer.from(versionMessage)],
    [
      'messages with members in another order',
      'TERRAFORM_EVENT_STREAM',
      Buffer.from('{"type":"version","ui":"1.2"}\n{"type":"log"}\n'),
    ],
    [
      'a raw state',
      'TERRAFORM_RAW_STATE',
      json({version: 4, terraform_version: '1.9.0', serial: 1, lineage: 'x', resources: []}),
    ],
    [
      'a raw state given as state',
      'TERRAFORM_RAW_STATE',
      json({version: 4, serial: 1, lineage: 'x'}),
      'state',
    ],
    ['an empty state', 'TERRAFORM_EMPTY_STATE', json({format_version: '1.0'})],
    [
      'an empty state given as state',
      'TERRAFORM_EMPTY_STATE',
      json({format_version: '1.0', terraform_version: '1.9.0', checks: []}),
      'state',
    ],
    ['a state for a plan', 'TERRAFORM_STATE_AS_PLAN', json(state)],
    ['a plan for a state', 'TERRAFORM_PLAN_AS_STATE', json(plan), 'state'],
    [
      'an encrypted state',
      'TERRAFORM_FILE_ENCRYPTED',
      json({serial: 1, lineage: 'x', meta: {}, encrypted_data: 'AAAA', encryption_version: 'v0'}),
    ],
    [
      'a configuration',
      'TERRAFORM_CONFIGURATION',
      Buffer.from('# Network\nresource "aws_vpc" "this" {\n  cidr_block = "10.0.0.0/16"\n}\n'),
    ],
    [
      'a configuration in JSON',
      'TERRAFORM_CONFIGURATION',
      json({'//': 'x', variable: {a: {}}, resource: {aws_vpc: {}}}),
    ],
    ['values of variables', 'TERRAFORM_CONFIGURATION', Buffer.from('aws_region = "eu-west-1"\n')],
    ['outputs', 'TERRAFORM_OTHER_OUTPUT', json({url: {sensitive: false, type: 'string', value: 'x'}})],
    ['validate -json', 'TERRAFORM_OTHER_OUTPUT', json({format_version: '1.0', valid: true, diagnostics: []})],
    ['providers schema -json', 'TERRAFORM_OTHER_OUTPUT', json({format_version: '1.0', provider_schemas: {}})],
    ['version -json', 'TERRAFORM_OTHER_OUTPUT', json({terraform_version: '1.9.0', platform: 'linux_amd64'})],
    [
      'a CloudFormation template',
      'TERRAFORM_OTHER_JSON',
      json({AWSTemplateFormatVersion: '2010-09-09', Resources: {}}),
    ],
    ['an empty object', 'TERRAFORM_OTHER_JSON', json({})],
    ['a list', 'TERRAFORM_OTHER_JSON', json([plan])],
    ['null', 'TERRAFORM_OTHER_JSON', json(null)],
    ['a text', 'TERRAFORM_OTHER_JSON', json('plan')],
    ['a page', 'TERRAFORM_NOT_JSON', Buffer.from('<!DOCTYPE html><html></html>')],
    ['a plan that was cut off', 'TERRAFORM_BROKEN_JSON', Buffer.from(text.slice(0, -1))],
    ['two plans in one file', 'TERRAFORM_BROKEN_JSON', Buffer.from(`${text}\n${text}`)],
    ['format version 0.2', 'TERRAFORM_FORMAT_VERSION', json({...plan, format_version: '0.2'})],
    ['format version 2.0', 'TERRAFORM_FORMAT_VERSION', json({...plan, format_version: '2.0'})],
    ['format version 10.1', 'TERRAFORM_FORMAT_VERSION', json({...plan, format_version: '10.1'})],
    ['a format version that is none', 'TERRAFORM_DOCUMENT_MALFORMED', json({...plan, format_version: 1.2})],
  ]
}
