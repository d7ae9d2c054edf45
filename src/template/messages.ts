/**
 * CloudFormation's own words. Sources: answers recorded from AWS, error reports
 * in public repositories, and general knowledge of its replies, in falling order of certainty. Texts marked
 * "ours" are where no reply of AWS could be found.
 */
export const messages = {
  notYaml: (line: number, column: number) =>
    `Template format error: YAML not well-formed. (line ${line}, column ${column})`,
  notJson: (line: number, column: number) =>
    `Template format error: JSON not well-formed. (line ${line}, column ${column})`,
  unsupportedStructure: 'Template format error: unsupported structure.',
  noResources: 'Template format error: At least one Resources member must be defined.',
  nullValue: (pointer: string) => `[${pointer}] 'null' values are not allowed in templates`,
  unknownSections: (names: readonly string[]) =>
    `Invalid template property or properties ${bracketed(names)}`,
  formatVersion: (version: string) =>
    `Template format error: ${version} is not a supported value for AWSTemplateFormatVersion.`,
  /** Ours. */
  notAnObject: (pointer: string, section: string) =>
    `Template format error: [${pointer}] Every ${section} member must be an object.`,
  missingType: (pointer: string, section: string) =>
    `Template format error: [${pointer}] Every ${section} object must contain a Type member.`,
  unknownResourceMember: (name: string) => `Invalid template resource property '${name}'`,
  unknownParameterMember: (name: string) => `Invalid template parameter property '${name}'`,
  unknownOutputMembers: (names: readonly string[]) =>
    `Template format error: Invalid outputs property : ${bracketed(names)}`,
  missingOutputValue: 'Template format error: Every Outputs member must contain a Value object',
  outputNotText: 'Template format error: The Value field of every Outputs member must evaluate to a String.',
  exportName: (output: string) =>
    `Template format error: Output ${output} is malformed. The Name field of every Export member must be specified and consist only of alphanumeric characters, colons, or hyphens.`,
  duplicateExports: (names: readonly string[]) =>
    `Template format error: The Outputs section contains duplicate Export names: ${bracketed(names)}. Specify a unique name for each export.`,
  // Two spaces: so it is in logs that were not squeezed by a browser.
  exportDependsOn: (output: string) =>
    `Template format error: Output ${output} is malformed.  The Name field of Export must not depend on any resources, imported values, or Fn::GetAZs.`,
  memberNotText: (name: string) => `Template format error: Every ${name} member must be a string.`,
  unknownParameterType: (type: string) => `Template format error: Unrecognized parameter type: ${type}`,
  mappingShape: (pointer: string) =>
    `Template format error: [${pointer}] Every Mappings attribute must be a map`,
  mappingValue: 'Template format error: Every Mappings attribute must be a String or a List.',
  noSnapshot: (type: string) =>
    `Template error: resource type ${type} does not support deletion policy Snapshot`,
  dependsOn: 'Template format error: DependsOn must be a string or list of strings.',
  unsupportedFunction: (name: string) =>
    `Template error: Encountered unsupported function: ${name} Supported functions are: ${bracketed(supportedFunctions)}`,
  /** Ours: CloudFormation would run the macro. */
  unsupportedTransform: (name: string) =>
    `Transform ${name} is not supported: mcpgw reads templates that need no macro`,
  notAlphanumeric: (kind: 'Parameter' | 'Resource' | 'Outputs' | 'Mapping' | 'Condition', name: string) =>
    `Template format error: ${kind} name ${kind === 'Outputs' ? `'${name}'` : name} is non alphanumeric.`,
  /** Ours. */
  nameTooLong: (kind: string, name: string) =>
    `Template format error: ${kind} name ${name} is longer than 255 characters.`,
  tooMany: (kind: string, count: number, limit: number) =>
    `Template format error: Number of ${kind}, ${count}, is greater than maximum allowed, ${limit}`,
  descriptionTooLong: "Template format error: 'Description' length is greater than 1024.",

  unresolved: (names: readonly string[], block: string) =>
    block === 'Outputs'
      ? `Unresolved resource dependencies ${bracketed(names)} in the Outputs block of the template`
      : `Template format error: Unresolved resource dependencies ${bracketed(names)} in the ${block} block of the template`,
  resourceInConditions: (names: readonly string[]) =>
    `Template format error: Unresolved dependencies ${bracketed(names)}. Cannot reference resources in the Conditions block of the template`,
  undefinedGetAtt: (name: string) =>
    `Template error: instance of Fn::GetAtt references undefined resource ${name}`,
  undefinedSubAttribute: (variable: string) =>
    `Template error: instance of Fn::Sub references invalid resource attribute ${variable}`,
  unresolvedCondition: (name: string, block: string) =>
    `Template format error: Unresolved condition dependency ${name} in the ${block} block of the template`,
  unresolvedIf: (name: string) => `Template error: unresolved condition dependency ${name} in Fn::If`,
  circularResources: (names: readonly string[]) =>
    `Circular dependency between resources: ${bracketed(names)}`,
  /** Ours. */
  circularConditions: (names: readonly string[]) =>
    `Circular dependency between conditions: ${bracketed(names)}`,
  notACondition:
    'Template format error: Conditions can only be boolean operations on parameters and other conditions',
  functionInConditions: (name: string) => `Template error: Cannot use ${name} in Conditions.`,
  importDependsOn:
    'Template error: the attribute in Fn::ImportValue must not depend on any resources, imported values, or Fn::GetAZs',

  ref: 'Template error: every Ref object must have a single String value.',
  getAtt:
    'Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute',
  join: 'Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.',
  split:
    'Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.',
  sub: "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string",
  subVariable:
    'Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons',
  subNotText: (variable: string) =>
    `Template error: variable ${variable} in Fn::Sub expression does not resolve to a string`,
  select:
    'Template error: Fn::Select requires a list argument with two elements: an integer index and a list',
  // Two spaces: so it is in logs that were not squeezed by a browser.
  selectIndex: (index: number) =>
    `Template error: Fn::Select  cannot select nonexistent value at index ${index}`,
  findInMap:
    'Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value',
  mappingMissing: (name: string) =>
    `Template error: Mapping named '${name}' is not present in the 'Mappings' section of template.`,
  mappingKeyMissing: (map: string, top: string, second: string) =>
    `Template error: Unable to get mapping for ${map}::${top}::${second}`,
  if: 'Template error: Fn::If requires a list argument with the first element being a condition',
  equals: 'Template error: every Fn::Equals object requires a list of 2 string parameters.',
  andOr: (name: string) =>
    `Template error: every ${name} object requires a list of at least 2 and at most 10 boolean parameters.`,
  not: 'Template error: every Fn::Not object requires a list with exactly 1 boolean parameter.',
  base64: 'Template error: every Fn::Base64 object must have a String-typed value.',
  /** Ours. */
  importValue: 'Template error: every Fn::ImportValue object must have a String-typed value.',
  /** Ours. */
  getAzs: 'Template error: every Fn::GetAZs object must have a String-typed value.',
  /** Ours. */
  cidr: 'Template error: every Fn::Cidr object requires three parameters, an IP address block, a count from 1 to 256 and a number of subnet bits',
  /** Ours. */
  cidrBlock: (block: string) => `Template error: Fn::Cidr ipBlock ${block} is not a valid CIDR block`,
  /** Ours. */
  cidrRoom: (block: string, count: number, bits: number) =>
    `Template error: Fn::Cidr cannot fit ${count} blocks with ${bits} subnet bits in ${block}`,
  /** Ours: the rule functions that would need a look into the account. */
  ruleFunction: (name: string) => `Template error: ${name} is not supported in Rules`,
  /** Ours. */
  ruleArguments: (name: string) => `Template format error: ${name} requires a list of two lists of strings`,

  missingValues: (names: readonly string[]) => `Parameters: ${bracketed(names)} must have values`,
  unknownParameters: (names: readonly string[]) =>
    `Parameters: ${bracketed(names)} do not exist in the template`,
  noParametersExpected: 'Parameter values specified for a template which does not require them.',
  constraint: (name: string, description: string) =>
    `Parameter ${name} failed to satisfy constraint: ${description}`,
  pattern: (name: string, pattern: string) => `Parameter '${name}' must match pattern ${pattern}`,
  allowedValues: (name: string) => `Parameter '${name}' must be one of AllowedValues`,
  maxLength: (name: string, length: number) =>
    `Parameter '${name}' must contain at most ${length} characters`,
  minLength: (name: string, length: number) =>
    `Parameter '${name}' must contain at least ${length} characters`,
  number: (name: string) => `Parameter '${name}' must be a number.`,
  minValue: (name: string, value: number) => `Parameter '${name}' must be a number not less than ${value}`,
  maxValue: (name: string, value: number) => `Parameter '${name}' must be a number not greater than ${value}`,
  /** Ours. */
  valueTooLong: (name: string) => `Parameter '${name}' value '[****]' length is greater than 4096.`,
  defaultTooLong: (name: string) =>
    `Template format error: Parameter '${name}' default value '[****]' length is greater than 4096.`,
  versionlessDefault: (name: string) =>
    `Template error: parameter ${name} should not contain ssm versionless resolver`,
  /** Ours: what CloudFormation says of it is not known. */
  slowPattern: (name: string) =>
    `The AllowedPattern of parameter '${name}' takes too long to compare with the value, which it can divide in too many ways`,
  /** Ours. */
  badPattern: (name: string) =>
    `Template error: AllowedPattern of parameter '${name}' is not a valid regular expression`,
  bounds: (name: string, low: string, high: string) =>
    `Template error: Parameter '${name}' ${low} must be less than ${high}.`,
  constraintType: (name: string, constraint: string, type: string) =>
    `Template error: Parameter '${name}' ${constraint} must be on a parameter of type ${type}`,
} as const

/** The functions that CloudFormation lists when it meets one that it does not know. */
export const supportedFunctions = [
  ...['Fn::Base64', 'Fn::GetAtt', 'Fn::GetAZs', 'Fn::ImportValue', 'Fn::Join', 'Fn::Split', 'Fn::FindInMap'],
  ...[
    'Fn::Select',
    'Ref',
    'Fn::Equals',
    'Fn::If',
    'Fn::Not',
    'Condition',
    'Fn::And',
    'Fn::Or',
    'Fn::Contains',
  ],
  ...[
    'Fn::EachMemberEquals',
    'Fn::EachMemberIn',
    'Fn::ValueOf',
    'Fn::ValueOfAll',
    'Fn::RefAll',
    'Fn::Sub',
    'Fn::Cidr',
  ],
] as const

function bracketed(names: readonly string[]): string {
  return `[${names.join(', ')}]`
}
