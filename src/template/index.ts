export type {ConditionView, Dependency} from './dependencies.js'
export {dependenciesOf} from './dependencies.js'
export type {DynamicReference} from './dynamic-references.js'
export {findDynamicReferences} from './dynamic-references.js'
export type {TemplateLocation} from './error.js'
export {TemplateError} from './error.js'
export type {Lookups, PseudoParameters} from './evaluation.js'
export type {Export, Import} from './exports.js'
export {exportsOf, importsOf} from './exports.js'
export type {DependencyGraph} from './graph.js'
export {creationNeeds, creationOrder, dependencyGraph} from './graph.js'
export type {ListedResource} from './list-resources.js'
export {listResources} from './list-resources.js'
export {nearestName} from './nearest-name.js'
export type {ParameterFinding, ParameterOptions} from './parameters.js'
export {checkParameters, resolveParameters} from './parameters.js'
export {parseTemplate} from './parse.js'
export {readTemplateFile} from './read-file.js'
export type {Reference} from './references.js'
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
export {findTemplateProblems, validateTemplate} from './validate.js'
export type {TemplateProblem} from './validation/problem.js'
export type {Path, Value, ValueMap} from './value.js'
