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
  const resources = Object.values(template.resources).filter(({type}) => type in iamNames)
  if (resources.length === 0) return []
  const named = resources.some(({type, properties}) => {
    const name = iamNames[type]
    return name !== undefined && name !== '' && name in properties
  })
  return [named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM']
}
