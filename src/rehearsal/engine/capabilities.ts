import type {Template} from '../../template/index.js'

/** Types that CloudFormation creates only when the caller acknowledges IAM, with the property that names them. */
const iamNames: Readonly<Record<string, string>> = {
  'AWS::IAM::AccessKey': '',
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Policy': '',
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::RolePolicy': '',
  'AWS::IAM::User': 'UserName',
  'AWS::IAM::UserToGroupAddition': '',
}

/**
 * The capability a template needs, if any.
 * Source: CloudFormation API reference, CreateStack, Capabilities.
 */
export function requiredCapabilities(template: Template): string[] {
  const resources = iamResources(template)
  if (resources.length === 0) return []
  const named = resources.some(({type, properties}) => {
    const name = iamNames[type]
    return name !== undefined && name !== '' && name in properties
  })
  return [named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM']
}

/** Why a template needs a capability, as ValidateTemplate tells it. */
export function capabilitiesReason(template: Template): string | undefined {
  const types = [...new Set(iamResources(template).map(({type}) => type))]
  return types.length > 0
    ? `The following resource(s) require capabilities: [${types.join(', ')}]`
    : undefined
}

/** Capabilities that a template needs and the caller did not acknowledge. */
export function missingCapabilities(template: Template, given: readonly string[]): string[] {
  return requiredCapabilities(template).filter(
    name => !given.includes(name) && !given.includes('CAPABILITY_NAMED_IAM'),
  )
}

function iamResources(template: Template) {
  return Object.values(template.resources).filter(({type}) => type in iamNames)
}
