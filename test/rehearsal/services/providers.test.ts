import {describe, expect, it} from 'vitest'
import {propertyProblems} from '../../../src/rehearsal/resources/property-problems.js'
import {schemaOf} from '../../../src/rehearsal/resources/resource-schema.js'
import {providerFor} from '../../../src/rehearsal/services/providers.js'
import {Maker} from '../helpers/providers.js'
import {type Made, makeTemplate, readProductTemplate, templateNames} from '../helpers/template-run.js'
import {testWorld} from '../helpers/world.js'

const nestedStack = 'AWS::CloudFormation::Stack'

describe.each(templateNames())('every resource of %s', name => {
  const resources = Object.entries(readProductTemplate(name).resources).filter(
    ([, {type}]) => type !== nestedStack,
  )

  it('has a kind', () => {
    expect(
      resources.filter(([, {type}]) => !providerFor(type)).map(([id, {type}]) => `${id}: ${type}`),
    ).toEqual([])
  })

  it('has the properties that its type requires, and no others, at every depth', () => {
    const wrong = resources.flatMap(([id, {type, properties}]) =>
      propertyProblems(type, properties).map(({pointer, message}) => `${id}: ${pointer}: ${message}`),
    )
    expect(wrong).toEqual([])
  })
})

describe('an environment made kind by kind', () => {
  const variants = [
    {title: 'with the defaults', parameters: {}},
    {
      title: 'with a domain, a kept snapshot and an external embeddings provider',
      parameters: {
        BaseDomain: 'example.com',
        HostedZoneId: 'Z0123456789',
        KeepDatabaseSnapshot: 'true',
        EmbeddingsProvider: 'litellm',
      },
    },
  ]

  it.each(variants)('resolves every attribute, and comes apart in reverse order, $title', ({parameters}) => {
    const {world} = testWorld()
    const maker = new Maker(world)
    const made: Made[] = []
    const exports: Record<string, string> = {}
    for (const name of ['network', 'data', 'compute', 'services'].map(key => `${key}-stack.yaml`)) {
      const declared = Object.keys(readProductTemplate(name).parameters)
      const given = Object.entries(parameters).filter(([key]) => declared.includes(key))
      const result = makeTemplate(maker, name, Object.fromEntries(given), exports, {BuildId: 'project:1'})
      Object.assign(exports, result.exports)
      made.push(result)
    }
    expect(made.flatMap(({order}) => order).length).toBeGreaterThan(100)

    for (const {order, resources} of made.reverse()) {
      for (const id of order.toReversed()) {
        const resource = resources[id]
        if (!resource) continue
        // Tasks drain over time, which only the engine lets pass.
        if (resource.type !== 'AWS::ECS::Cluster') expect(maker.blocker(resource), id).toBeUndefined()
        maker.remove(resource)
      }
    }
  })
})

it('every kind that can be tagged or asked for attributes has a schema', () => {
  const types = templateNames().flatMap(name =>
    Object.values(readProductTemplate(name).resources).map(({type}) => type),
  )
  const own = new Set(types.filter(type => type.startsWith('AWS::') && type !== nestedStack))
  expect([...own].filter(type => !schemaOf(type) && !type.endsWith('::CustomResource'))).toEqual([])
})

it('custom resources of any name share one kind', () => {
  expect(providerFor('Custom::Anything')).toBe(providerFor('AWS::CloudFormation::CustomResource'))
})

it('a type that the account cannot make has no kind', () => {
  expect(providerFor('AWS::Redshift::Cluster')).toBeUndefined()
})
