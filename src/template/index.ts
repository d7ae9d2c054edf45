export type {TemplateLocation} from './error.js'
export {TemplateError} from './error.js'
export type {Lookups, PseudoParameters} from './evaluation.js'
export {checkExportNames, repeatedNames} from './exports.js'
export {creationNeeds} from './graph.js'
export {importedNames} from './imported-names.js'
export type {ParameterFinding} from './parameters.js'
export {checkParameters, resolveParameters} from './parameters.js'
export {parseTemplate} from './parse.js'
export {deletionPolicyOf, updateReplacePolicyOf} from './policies.js'
export {referencesIn} from './references.js'
export type {ResolvedOutput, Resolver, ResolverInput} from './resolver.js'
export {createResolver} from './resolver.js'
export type {RuleFinding} from './rules.js'
export {checkRules} from './rules.js'
export type {
  OutputDeclaration,
  ParameterDeclaration,
  ResourceDeclaration,
  RuleDeclaration,
  Template,
} from './template.js'
export {validateTemplate} from './validate.js'
export type {Path, Value, ValueMap} from './value.js'
