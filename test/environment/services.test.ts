import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {services} from '../../src/environment/services.js'
import {parseTemplate} from '../../src/template/index.js'
import {isMap} from '../../src/template/value.js'

const name = 'services-stack.yaml'
const text = readFileSync(new URL(`../../cloudformation/${name}`, import.meta.url), 'utf8')

/** Keys of the services that each one waits for in the template. */
const waits = new Map<string, readonly string[]>()
const keys = new Map<string, string>()
const resources = Object.entries(parseTemplate(text, name).resources).filter(
  ([, {type}]) => type === 'AWS::ECS::Service',
)
for (const [logicalId, {properties}] of resources) {
  const given = properties.ServiceName
  const named = isMap(given) ? String(given['Fn::Sub']) : ''
  keys.set(logicalId, named.replace(`\${EnvironmentName}-`, ''))
}
for (const [logicalId, {dependsOn}] of resources) {
  waits.set(
    keys.get(logicalId) ?? '',
    dependsOn.flatMap(other => keys.get(other) ?? []),
  )
}

const calls = services.flatMap(({key, calls: called}) => called.map(other => [key, other] as const))

test.each(calls)('%s is made after %s, or before it where each calls the other', (caller, called) => {
  const back =
    waits.get(called)?.includes(caller) && services.find(({key}) => key === called)?.calls.includes(caller)
  expect(waits.get(caller)?.includes(called) || back).toBe(true)
})

test('a service waits for no other that it does not call', () => {
  const edges = [...waits].flatMap(([key, others]) => others.map(other => `${key} → ${other}`))
  expect(edges.sort()).toEqual(
    calls
      .map(([caller, called]) => `${caller} → ${called}`)
      .filter(edge => edge !== 'mcpgw → registry')
      .sort(),
  )
})
