import {describe, expect, test} from 'vitest'
import {mainTemplate} from '../../src/environment/stacks.js'
import {templatesFolder} from '../../src/environment/templates.js'
import {McpgwError} from '../../src/errors.js'
import {checkGivenParameters} from '../../src/input/check-parameters.js'
import {readTemplateFolder} from '../../src/input/template-folder.js'
import {templateOf} from '../../src/steps/deploy/template-set.js'
import {parameterValues} from '../cloudformation/parameter-values.js'

const templates = readTemplateFolder(templatesFolder())

/** As `--set` would give them. */
function check(...pairs: string[]): Record<string, string> {
  const given = pairs.map(pair => {
    const [name = '', value = ''] = pair.split(/=(.*)/s)
    return [name, {name, value, from: '--set'}] as const
  })
  return checkGivenParameters(templates, new Map(given), [])
}

function refusalOf(...pairs: string[]): McpgwError {
  try {
    check(...pairs)
  } catch (error) {
    if (error instanceof McpgwError) return error
    throw error
  }
  throw new Error(`taken: ${pairs.join(' ')}`)
}

describe('a value that the templates refuse is refused before AWS is called', () => {
  test.each(Object.entries(parameterValues))(
    '%s: in the words of the template, naming the parameter, with exit code 2',
    (name, {refused}) => {
      const {constraintDescription, noEcho} = templateOf(templates, mainTemplate).parameters[name] ?? {}
      for (const value of Object.keys(refused)) {
        const {code, message, hint, exitCode} = refusalOf(`${name}=${value}`)
        const isTooLong = Buffer.byteLength(value) > 4096
        const words = isTooLong
          ? /length is greater than 4096/
          : `failed to satisfy constraint: ${constraintDescription}`
        expect(message).toMatch(words)
        expect(message).toMatch(/^--set: /)
        expect(message).toContain(name)
        expect(hint).toMatch(new RegExp(`See ${name} in .*main-stack\\.yaml:\\d+`))
        expect([code, exitCode]).toEqual(['INVALID_PARAMETER', 2])
        if (noEcho) expect(message + hint).not.toContain(value)
      }
    },
  )
})

describe('parameters', () => {
  const ranges = (count: number) => Array.from({length: count}, (_, index) => `10.${index}.0.0/16`).join()
  const domain = ['BaseDomain=example.com', 'HostedZoneId=Z0123456789']
  const longDomain = (length: number) => `${'a'.repeat(length - '.com'.length)}.com`

  test.each([
    [[`IngressCidrBlocks=${ranges(6)}`], /^--set: IngressCidrBlocks has 6 entries; the templates read 5/],
    [
      [`DirectAccessCidrBlocks=${ranges(6)}`, ...domain],
      /^--set: DirectAccessCidrBlocks has 6 entries; the templates read 5/,
    ],
    // The template reads positions: what is behind five commas is lost, however few ranges there are.
    [['DirectAccessCidrBlocks=10.0.0.0/8,,,,,10.1.0.0/16', ...domain], /has 6 entries/],
    [[`DirectAccessCidrBlocks=${ranges(3)}`], /has 3 ranges; without BaseDomain .* room for 2/],
    [
      [`DirectAccessCidrBlocks=${ranges(3)}`, 'CloudFrontPrefixListId=pl-82a045eb'],
      /has 3 ranges; without BaseDomain .* room for 2/,
    ],
    [
      ['MinCapacity=3', 'MaxCapacity=2'],
      /^--set: MinCapacity, which is 3, is above MaxCapacity, which is 2\.$/,
    ],
    [['MinCapacity=10'], /above MaxCapacity, which is 4 unless you give it\.$/],
    [['DatabaseMinACU=2.5'], /^--set: DatabaseMinACU, .* is above DatabaseMaxACU, which is 2 unless/],
    // As text, 10 would be before 9.
    [['DatabaseMinACU=10', 'DatabaseMaxACU=9'], /DatabaseMinACU, which is 10, is above/],
    [
      ['IngressCidrBlocks=10.0.0.0/8,192.0.2.0/24,10.0.0.0/8'],
      /^--set: IngressCidrBlocks has 10\.0\.0\.0\/8 twice; a security group takes a range once\.$/,
    ],
    [
      ['DirectAccessCidrBlocks=10.1.2.3/8,10.0.0.0/8'],
      /^--set: DirectAccessCidrBlocks has 10\.1\.2\.3\/8 and 10\.0\.0\.0\/8, which are the same range;/,
    ],
    [
      ['AdminCidrBlocks=198.51.100.7/32,192.0.2.5/24'],
      /^--set: AdminCidrBlocks has 192\.0\.2\.5\/24, which begins inside the range 192\.0\.2\.0\/24\.$/,
    ],
    [
      ['DirectAccessCidrBlocks=,,192.0.2.0/24'],
      /^--set: DirectAccessCidrBlocks begins with an empty entry\.$/,
    ],
    [
      [`BaseDomain=${longDomain(46)}`, 'HostedZoneId=Z1'],
      /^--set: BaseDomain has 46 characters; .* room for 45/,
    ],
    [
      ['SessionCookieDomain=.example.org', ...domain],
      /^--set: SessionCookieDomain \.example\.org does not contain .* example\.com/,
    ],
    [['SessionCookieDomain=ample.com', ...domain], /does not contain/],
    [['SessionCookieDomain=registry.example.com', ...domain], /does not contain/],
    [['SessionCookieDomain=kc.us-west-2.example.com', ...domain], /does not contain/],
    [
      ['SessionCookieDomain=us-west-2.example.com', 'UseRegionalDomains=false', ...domain],
      /does not contain/,
    ],
  ])('that do not go together are refused: %j', (set, words) => {
    const error = refusalOf(...set)
    expect(error.code).toBe('INVALID_PARAMETER')
    expect(error.message).toMatch(words)
  })

  test.each([
    [[`IngressCidrBlocks=${ranges(5)}`]],
    [[`DirectAccessCidrBlocks=${ranges(2)}`]],
    [['DirectAccessCidrBlocks=10.0.0.0/8,,10.1.0.0/16']],
    [[`DirectAccessCidrBlocks=${ranges(5)}`, ...domain]],
    [[`DirectAccessCidrBlocks=${ranges(5)}`, 'CloudFrontPrefixListId=']],
    [['DirectAccessCidrBlocks=']],
    [['AdminCidrBlocks=192.0.2.5/32,192.0.2.0/24']],
    [['MinCapacity=4']],
    [['MinCapacity=10', 'MaxCapacity=10']],
    [['MinCapacity=10', 'EnableAutoScaling=false']],
    [['DatabaseMinACU=9', 'DatabaseMaxACU=10']],
    [['IngressCidrBlocks=10.0.0.0/8,10.0.0.0/9', 'DirectAccessCidrBlocks=10.0.0.0/8,']],
    [[`BaseDomain=${longDomain(45)}`, 'HostedZoneId=Z1']],
    [[`BaseDomain=${longDomain(55)}`, 'HostedZoneId=Z1', 'UseRegionalDomains=false']],
    [['SessionCookieDomain=.example.com', ...domain]],
    [['SessionCookieDomain=example.com', 'BaseDomain=mcp.example.com', 'HostedZoneId=Z1']],
    [['SessionCookieDomain=registry.us-west-2.example.com', ...domain]],
    [['SessionCookieDomain=.ap-southeast-1.example.com', ...domain]],
    [['SessionCookieDomain=registry.example.com', 'UseRegionalDomains=false', ...domain]],
  ])('that go together are taken: %j', set => {
    expect(check(...set)).toEqual(Object.fromEntries(set.map(pair => pair.split('='))))
  })
})
