import type {Value} from './value.js'

const ssmValue = /^AWS::SSM::Parameter::Value<(.+)>$/
const listOf = /^List<(.+)>$/
const awsType =
  /^AWS::(?:EC2::(?:AvailabilityZone::Name|Image::Id|Instance::Id|KeyPair::KeyName|SecurityGroup::GroupName|SecurityGroup::Id|Subnet::Id|Volume::Id|VPC::Id)|Route53::HostedZone::Id)$/
const plain = new Set([
  'String',
  'Number',
  'CommaDelimitedList',
  'List<Number>',
  'List<String>',
  'AWS::SSM::Parameter::Name',
])

/** Whether CloudFormation knows a parameter type. */
export function isParameterType(type: string): boolean {
  if (plain.has(type) || awsType.test(type)) return true
  const inner = (ssmValue.exec(type) ?? listOf.exec(type))?.[1]
  if (inner === undefined) return false
  const isSsm = type.startsWith('AWS::SSM')
  return awsType.test(inner) || (isSsm && (plain.has(inner) || awsType.test(listOf.exec(inner)?.[1] ?? '')))
}

/** Types whose values are the names of SSM parameters; constraints apply to the name. */
export function isSsmValueType(type: string): boolean {
  return ssmValue.test(type)
}

export function isListType(type: string): boolean {
  const inner = ssmValue.exec(type)?.[1] ?? type
  return inner === 'CommaDelimitedList' || listOf.test(inner)
}

export function isNumberType(type: string): boolean {
  return type === 'Number' || type === 'List<Number>'
}

/** The parts of a list value; empty text is one empty part, as `Fn::Select` with index 0 shows. */
export function listItems(text: string): string[] {
  return text.split(',').map(item => item.trim())
}

/** What `Ref` gives for a parameter. */
export function parameterValue(type: string, text: string, ssmParameter?: (name: string) => string): Value {
  const isSsm = isSsmValueType(type)
  if (isSsm && ssmParameter === undefined) return text
  const value = isSsm && ssmParameter !== undefined ? ssmParameter(text) : text
  return isListType(type) ? listItems(value) : value
}
