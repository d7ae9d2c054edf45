import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {Json, JsonObject} from '../../../src/parity/json.js'
import {secretSources} from '../../../src/parity/plan/secret-sources.js'
import {SecretValues} from '../../../src/parity/plan/secret-values.js'
import {changeOf, planDocument} from './documents.js'

const secret = 'Canary-4711 "ü\\Passw0rd'

function hiding(...secrets: string[]): SecretValues {
  return new SecretValues({
    secrets: new Set(secrets),
    names: 'aws_rds_cluster\nkeycloak_admin',
    open: new Set(['us-east-1']),
  })
}

describe('SecretValues', () => {
  const values = hiding(secret)

  test.each<[string, string]>([
    ['itself', secret],
    ['a part of a text', `password is ${secret}, they say`],
    ['JSON', JSON.stringify({a: secret})],
    ['JSON in JSON', JSON.stringify(JSON.stringify({a: secret}))],
    ['a URL', `https://x?p=${encodeURIComponent(secret)}&q`],
    ['a form', `p=${encodeURIComponent(secret).replaceAll('%20', '+')}`],
    ['Base64', Buffer.from(secret).toString('base64')],
    ['Base64 for URLs', Buffer.from(secret).toString('base64url')],
    ['Base64 of a longer text', Buffer.from(`user:${secret}`).toString('base64')],
    ['Base64 of another longer text', Buffer.from(`{"a":"${secret}"}`).toString('base64')],
  ])('hides a secret in %s', (_, text) => {
    const hidden = values.text(text)
    expect(hidden).toContain('****')
    for (const form of [secret, JSON.stringify(secret).slice(1, -1), 'Canary', 'Passw0rd', 'anary-4711'])
      expect(hidden).not.toContain(form)
    expect(Buffer.from(hidden.replaceAll('****', ''), 'base64').toString()).not.toContain('anary-47')
  })

  test('hides lines of a key, however they are indented', () => {
    const key = '-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\nAQEFAASCBKcwggSjAgEAAoIB\n-----END KEY-----\n'
    const shown = hiding(key).text(key.replaceAll('\n', '\n      '))
    expect(shown).not.toMatch(/MIIE|AQEF/)
    expect(hiding(key).text(key.trim())).toBe('****')
  })

  test('hides the longest of those that begin at a place', () => {
    expect(hiding('Passw0rd', 'Passw0rd-1234').text('x Passw0rd-1234 y Passw0rd z')).toBe('x **** y **** z')
  })

  test.each([
    ['admin', 'keycloak_admin is admin', 'a name in the document'],
    ['us-east-1', 'arn:aws:s3:us-east-1:x', 'the value of an open variable'],
    ['abc', 'abcdef', 'short'],
    ['3306', 'port 3306', 'a short number'],
    ['true', 'true story', 'a word of JSON'],
  ])('hides %j as a whole value only: it is %s', (word, text) => {
    expect(hiding(word).text(word)).toBe('****')
    expect(hiding(word).text(text)).toBe(text)
  })

  test('hides what a mask covers, whatever it is, and equal values everywhere', () => {
    const value: Json = {a: secret, b: [1, {c: true}], d: 424242, e: 'x', [secret]: null, f: null}
    expect(hiding(secret, '424242').hide(value, {b: [false, {c: true}], e: true, f: true})).toEqual({
      a: '****',
      b: [1, {c: '****'}],
      d: '****',
      e: '****',
      '****': null,
      f: '****',
    })
    expect(values.hide(value, true)).toBe('****')
  })

  test('leaves a text as it is that holds no secret', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        expect(hiding('never-in-there-0').text(text)).toBe(text)
      }),
    )
  })

  test('leaves nothing of any secret in any text', () => {
    const secret = fc.string({minLength: 6, unit: fc.constantFrom(...'ab01."\\/+ é😀%&{}')})
    const secrets = fc.array(
      secret.filter(text => text.trim().length >= 6),
      {minLength: 1},
    )
    fc.assert(
      fc.property(secrets, fc.string(), (all, filling) => {
        const hidden = hiding(...all).text(all.join(filling))
        for (const each of all) if (!/[*]/.test(each)) expect(hidden).not.toContain(each)
      }),
    )
  })

  test('is as fast with thousands of secrets that begin alike', () => {
    const many = hiding(...Array.from({length: 5000}, (_, index) => `result-random_password-${index}-x`))
    const text = 'result-random_password-'.repeat(20_000)
    const began = performance.now()
    expect(many.text(`${text}17-x`)).toMatch(/password-\*\*\*\*$|\*\*\*\*$/)
    expect(performance.now() - began).toBeLessThan(2000)
  })
})

describe('secretSources', () => {
  const declared = {
    a: {sensitive: true, default: 'Default-Secret'},
    b: {},
    c: {ephemeral: true},
    d: {sensitive: true},
  }

  test.each<[string, JsonObject, string[]]>([
    [
      'variables',
      {variables: {a: {value: 'Var-A'}, b: {value: 'open'}, c: {value: 'Var-C'}, d: {value: {x: ['Var-D']}}}},
      ['Var-A', 'Var-C', 'Var-D'],
    ],
    [
      'what changes',
      {
        resource_changes: [
          changeOf('aws_x.y', {
            before: {p: 'Before-1'},
            before_sensitive: {p: true},
            after: {p: 'After-1', q: ['x', 'After-2']},
            after_sensitive: {p: true, q: [false, true]},
          }),
        ],
      },
      ['Before-1', 'After-1', 'After-2'],
    ],
    [
      'data sources',
      {resource_changes: [changeOf('data.aws_x.y', {after: {p: 'Data-1'}, after_sensitive: {p: true}})]},
      ['Data-1'],
    ],
    [
      'drift',
      {resource_drift: [changeOf('aws_x.y', {before: {p: 'Drift-1'}, before_sensitive: true})]},
      ['Drift-1'],
    ],
    [
      'what is deferred',
      {deferred_changes: [{resource_change: changeOf('aws_x.y', {after: 'Later-1', after_sensitive: true})}]},
      ['Later-1'],
    ],
    [
      'outputs that change',
      {
        output_changes: {
          o: {before: 'Out-0', before_sensitive: true, after: {x: 'Out-1'}, after_sensitive: true},
        },
      },
      ['Out-0', 'Out-1'],
    ],
    [
      'planned values',
      {
        planned_values: {
          outputs: {o: {sensitive: true, value: 'Out-2'}},
          root_module: {child_modules: [{resources: [{values: {p: 'Plan-1'}, sensitive_values: {p: true}}]}]},
        },
      },
      ['Out-2', 'Plan-1'],
    ],
    [
      'the state before',
      {
        prior_state: {
          values: {
            outputs: {o: {sensitive: true, value: 'Out-3'}},
            root_module: {resources: [{values: {p: 'Prior-1'}, sensitive_values: {p: true}}]},
          },
        },
      },
      ['Out-3', 'Prior-1'],
    ],
    [
      'a state',
      {
        values: {
          outputs: {o: {sensitive: true, value: 'Out-4'}},
          root_module: {resources: [{values: {p: 'State-1'}, sensitive_values: {p: true}}]},
        },
      },
      ['Out-4', 'State-1'],
    ],
    [
      'JSON that is sensitive',
      {variables: {a: {value: '{"password":"In-Json-1","n":123456}'}}},
      ['{"password":"In-Json-1","n":123456}', 'In-Json-1', '123456'],
    ],
  ])('finds those of %s', (_, members, expected) => {
    const document = {...planDocument({}), configuration: {root_module: {variables: declared}}, ...members}
    expect([...secretSources(document).secrets].sort()).toEqual([...expected, 'Default-Secret'].sort())
  })

  test('finds constants that modules and providers are given', () => {
    const configuration = {
      provider_config: {
        aws: {expressions: {secret_key: {constant_value: 'Key-1'}, region: {constant_value: 'eu-west-1'}}},
      },
      root_module: {
        outputs: {o: {sensitive: true, expression: {constant_value: 'Out-5'}}},
        module_calls: {
          m: {
            expressions: {password: {constant_value: 'Call-1'}, open: {constant_value: 'x'}},
            module: {variables: {password: {sensitive: true, default: 'Default-2'}, open: {}}},
          },
        },
      },
    }
    const {secrets} = secretSources({...planDocument({}), configuration})
    expect([...secrets].sort()).toEqual(['Call-1', 'Default-2', 'Key-1', 'Out-5'])
  })

  test('passes over what is not as the format has it', () => {
    const odd = {
      variables: [],
      resource_changes: {a: 1},
      planned_values: {root_module: [1]},
      configuration: null,
      output_changes: 'x',
    }
    expect(secretSources(odd).secrets.size).toBe(0)
  })
})
