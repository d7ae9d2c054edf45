import type {Document} from '../template-set.js'

const documents = (properties: Document): Document[] =>
  [
    properties.PolicyDocument,
    ...(properties.Policies ?? []).map((policy: Document) => policy.PolicyDocument),
  ].filter(document => document !== undefined)

/** The statements of a role or policy, also those that are there under a condition only. */
export const statementsOf = (properties: Document): Document[] =>
  documents(properties).flatMap(({Statement: statements}) =>
    statements.map((statement: Document) => statement['Fn::If']?.[1] ?? statement),
  )
