import {childStacks} from '../../../../src/environment/stacks.js'
import {labels} from '../../../../src/parity/templates/template-set.js'
import {type Document, loadTemplates} from '../template-set.js'
import type {Mutation} from './mutation.js'
import {some} from './some.js'

const property = 'parameters'
const templates = loadTemplates()

/** Every parameter of a child, with the name of its stack in the main template. */
const passed = childStacks.flatMap(({key, logicalId}) =>
  Object.entries(templates[key].parameters).map(([name, declaration]) => ({
    key,
    logicalId,
    name,
    declaration,
  })),
)

/** Every rule of a child. */
const rules = childStacks.flatMap(({key}) => Object.keys(templates[key].rules).map(name => ({key, name})))

export const parameterMutations: readonly Mutation[] = [
  ...some(passed, 7).map(({key, logicalId, name}) => ({
    name: `the main template does not pass ${name} to ${key}`,
    property,
    at: `main.${logicalId}`,
    plant: ({main}: Document) => {
      delete main.Resources[logicalId].Properties.Parameters[name]
    },
  })),
  ...some(passed, 8).map(({key, name, declaration}) => ({
    name: `${key} ${declaration.default === undefined ? 'has a default' : 'has another default'} for ${name}`,
    property,
    at: `${key} parameter ${name}`,
    plant: (documents: Document) => {
      const {Default: value, AllowedValues: allowed} = documents[key].Parameters[name]
      documents[key].Parameters[name].Default =
        allowed?.find((other: unknown) => other !== value) ?? `${value ?? ''}1`
    },
  })),
  ...some(
    passed.filter(({declaration}) => declaration.allowedPattern !== undefined),
    8,
  ).map(({key, name}) => ({
    name: `${key} takes any value for ${name}`,
    property,
    at: `${key} parameter ${name}`,
    plant: (documents: Document) => {
      delete documents[key].Parameters[name].AllowedPattern
    },
  })),
  ...some(
    passed.filter(({declaration}) => declaration.maxValue !== undefined),
    2,
  ).map(({key, name}) => ({
    name: `${key} takes more for ${name}`,
    property,
    at: `${key} parameter ${name}`,
    plant: (documents: Document) => {
      documents[key].Parameters[name].MaxValue += 1
    },
  })),
  ...labels.flatMap(label => [
    {
      name: `${label} has a parameter that nothing reads`,
      property,
      at: `${label} parameter Unread`,
      plant: (documents: Document) => {
        documents[label].Parameters.Unread = {Type: 'String', Default: ''}
      },
    },
    {
      name: `${label} has a condition that nothing uses`,
      property,
      at: `${label} condition Unused`,
      plant: (documents: Document) => {
        documents[label].Conditions ??= {}
        documents[label].Conditions.Unused = {'Fn::Equals': [{Ref: 'EnvironmentName'}, 'x']}
      },
    },
  ]),
  {
    name: 'the main template passes the smallest number of tasks as the largest',
    property,
    at: 'services parameter MaxCapacity',
    plant({main}) {
      main.Resources.ServicesStack.Properties.Parameters.MaxCapacity = {Ref: 'MinCapacity'}
    },
  },
  {
    name: 'the main template passes the ranges without commas',
    property,
    at: 'network parameter DirectAccessCidrBlocks',
    plant({main}) {
      main.Resources.NetworkStack.Properties.Parameters.DirectAccessCidrBlocks = {
        'Fn::Select': [0, {Ref: 'DirectAccessCidrBlocks'}],
      }
    },
  },
  ...some(rules, 4).flatMap(({key, name}) => [
    {
      name: `the main template has no rule ${name}, which ${key} has`,
      property,
      at: `${key} rule ${name}`,
      plant: ({main}: Document) => {
        delete main.Rules[name]
      },
    },
    {
      name: `${key} says other words where ${name} does not hold`,
      property,
      at: `${key} rule ${name}`,
      plant: (documents: Document) => {
        documents[key].Rules[name].Assertions[0].AssertDescription += ' Please.'
      },
    },
  ]),
  {
    name: 'a mapping that nothing uses',
    property,
    at: 'data mapping Unused',
    plant({data}) {
      data.Mappings.Unused = {A: {B: 'c'}}
    },
  },
]
