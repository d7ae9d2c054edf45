import {childStacks} from '../../../../src/environment/stacks.js'
import {type Label, labels} from '../../../../src/parity/templates/template-set.js'
import {type Document, loadTemplates} from '../template-set.js'
import type {Mutation} from './mutation.js'
import {some} from './some.js'

const property = 'presentation'
const templates = loadTemplates()
const children: readonly Label[] = childStacks.map(({key}) => key)

/** Every declaration of a parameter in any template. */
const declared = labels.flatMap(label =>
  Object.keys(templates[label].parameters).map(name => ({label, name})),
)
const inChildren = declared.filter(({label}) => children.includes(label))

/** What the console is told of a template. */
const shownIn = (document: Document) => document.Metadata['AWS::CloudFormation::Interface']
const groupOf = (document: Document, name: string) =>
  shownIn(document).ParameterGroups.find(({Parameters}: Document) => Parameters.includes(name))

export const presentationMutations: readonly Mutation[] = [
  ...some(declared, 6).flatMap(({label, name}) => [
    {
      name: `${label} has ${name} in no group`,
      property,
      at: `${label} metadata`,
      plant: (documents: Document) => {
        const group = groupOf(documents[label], name)
        group.Parameters = group.Parameters.filter((other: string) => other !== name)
      },
    },
    {
      name: `${label} has ${name} in two groups`,
      property,
      at: `${label} metadata`,
      plant: (documents: Document) => {
        shownIn(documents[label]).ParameterGroups.push({Label: {default: 'Others'}, Parameters: [name]})
      },
    },
    {
      name: `${label} has no label for ${name}`,
      property,
      at: `${label} metadata`,
      plant: (documents: Document) => {
        delete shownIn(documents[label]).ParameterLabels[name]
      },
    },
    {
      name: `${label} does not describe ${name}`,
      property,
      at: `${label}.${name}`,
      plant: (documents: Document) => {
        delete documents[label].Parameters[name].Description
      },
    },
    {
      name: `${label} does not say what ${name} takes`,
      property,
      at: `${label}.${name}`,
      plant: (documents: Document) => {
        delete documents[label].Parameters[name].ConstraintDescription
      },
    },
  ]),
  ...some(inChildren, 5).flatMap(({label, name}) => [
    {
      name: `${label} describes ${name} in other words`,
      property,
      at: `${label}.${name}`,
      plant: (documents: Document) => {
        documents[label].Parameters[name].Description = `In short: ${name}.`
      },
    },
    {
      name: `${label} says in other words what ${name} takes`,
      property,
      at: `${label}.${name}`,
      plant: (documents: Document) => {
        documents[label].Parameters[name].ConstraintDescription = 'Something else.'
      },
    },
    {
      name: `${label} has another label for ${name}`,
      property,
      at: `${label} metadata`,
      plant: (documents: Document) => {
        shownIn(documents[label]).ParameterLabels[name].default += ' (new)'
      },
    },
    {
      name: `${label} has ${name} in another group than the main template`,
      property,
      at: `${label} metadata`,
      plant: (documents: Document) => {
        groupOf(documents[label], name).Label.default = 'Others'
      },
    },
  ]),
  ...labels.flatMap(label => [
    {
      name: `${label} tells the console nothing`,
      property,
      at: `${label} metadata`,
      plant: (documents: Document) => {
        delete documents[label].Metadata
      },
    },
    {
      name: `${label} shows a parameter that it does not have`,
      property,
      at: `${label} metadata`,
      plant: (documents: Document) => {
        shownIn(documents[label]).ParameterGroups[0].Parameters.push('Forgotten')
      },
    },
    {
      name: `${label} has two groups of one name`,
      property,
      at: `${label} metadata`,
      plant: (documents: Document) => {
        const [first, second] = shownIn(documents[label]).ParameterGroups
        second.Label = first.Label
      },
    },
  ]),
  ...children.map(label => ({
    name: `${label} has its groups in another order`,
    property,
    at: `${label} metadata`,
    plant: (documents: Document) => {
      shownIn(documents[label]).ParameterGroups.reverse()
    },
  })),
]
