import {awsCommand, type Reach, shell} from '../../aws/command-line.js'
import {deletingCommand} from '../../aws/deleting-command.js'
import type {Rival} from '../../aws/live/live.js'
import {taggedResource} from '../../aws/tagged-resources.js'
import type {Damage} from './damage.js'
import {recordCommand} from './wanted-record.js'

/** How what somebody did to a resource is undone. */
export type RepairAction =
  /** `deploy --repair` puts it back, and nothing is lost by that. `lost` is what went with it already. */
  | {readonly by: 'repair'; readonly lost?: string}
  /** The same, but what it held is gone, and only who says so gets an empty one. */
  | {readonly by: 'loss'; readonly lost: string}
  /** One command brings it back as it was. */
  | {readonly by: 'command'; readonly command: string}
  /** Every `deploy` does it, without being told to repair. */
  | {readonly by: 'deploy'}
  /** Something that was made by hand is in its place: this command removes it, then it can be made again. */
  | {readonly by: 'removal'; readonly command: string; readonly rival: string}
  /** Too much depends on it. */
  | {readonly by: 'replace'; readonly lost: string}

const everything =
  'the database with its users and their passwords, and everything that was registered, is lost, and the addresses change'

export const repositoryType = 'AWS::ECR::Repository'

/** What is lost with a resource that holds data, once it is gone. */
const losses: Readonly<Record<string, string>> = {
  'AWS::SecretsManager::Secret': 'its value is lost: a new one is generated',
  [repositoryType]: 'its images are lost: they are built, or imported, again',
  'AWS::RDS::DBCluster':
    'the database with the realm, its users and their passwords is lost: an empty one is created',
  'AWS::EFS::FileSystem':
    'everything in it, such as the registered servers, is lost: an empty one is created',
}

/** Everything else in the stacks depends on these, and their stacks' exports cannot change under it. */
const foundations: readonly string[] = [
  'AWS::EC2::VPC',
  'AWS::EC2::Subnet',
  'AWS::EC2::SecurityGroup',
  'AWS::KMS::Key',
]

/** Types that drift-aware change sets leave out. Source: CloudFormation User Guide, "Using drift-aware change sets". */
const leftOut: readonly string[] = ['AWS::RDS::DBProxy', 'AWS::CertificateManager::Certificate']

/** Decides by what was done, and to what. */
export function repairAction({type, physicalId, deed, rival, record}: Damage, reach: Reach): RepairAction {
  const command = (line: string): RepairAction => ({by: 'command', command: awsCommand(reach, line)})
  if (record !== undefined) return command(recordCommand(record))
  switch (deed.is) {
    case 'deleting':
      return type === 'AWS::KMS::Key'
        ? command(shell`kms cancel-key-deletion --key-id ${physicalId}`)
        : command(shell`secretsmanager restore-secret --secret-id ${physicalId}`)
    case 'disabled':
      if (type === 'AWS::KMS::Key') return command(shell`kms enable-key --key-id ${physicalId}`)
      return {by: 'repair'}
    case 'empty':
      // deploy builds, or imports, images that are missing.
      if (type === repositoryType) return {by: 'deploy'}
      return command(
        shell`secretsmanager put-secret-value --secret-id ${physicalId} --secret-string file://VALUE`,
      )
    case 'untargeted': {
      const {proxy, cluster} = deed
      if (cluster === undefined) return {by: 'repair'}
      return command(
        shell`rds register-db-proxy-targets --db-proxy-name ${proxy} --db-cluster-identifiers ${cluster}`,
      )
    }
    case 'unusable':
      return {by: 'replace', lost: everything}
    case 'gone': {
      if (foundations.includes(type) || leftOut.includes(type)) return {by: 'replace', lost: everything}
      if (rival !== undefined) return {by: 'removal', command: removal(rival, reach), rival: rival.id}
      const lost = losses[type]
      if (lost !== undefined) return {by: 'loss', lost}
      return type === 'AWS::Logs::LogGroup' ? {by: 'repair', lost: 'its contents are lost'} : {by: 'repair'}
    }
    default:
      return {by: 'repair'}
  }
}

function removal({id, line}: Rival, reach: Reach): string {
  if (line !== undefined) return awsCommand(reach, line)
  const command = deletingCommand(reach, taggedResource(id))
  if (command === null) throw new Error(`No command deletes ${id}`)
  return command
}

/** Whether what is in a resource of this type goes with it. */
export function holdsData(type: string): boolean {
  return losses[type] !== undefined || type === 'AWS::KMS::Key'
}

/** Types that a stack makes anew under the same name, so that nothing which reads it has to change. */
const named: readonly string[] = [
  'AWS::Logs::LogGroup',
  'AWS::ECR::Repository',
  'AWS::ECS::Cluster',
  'AWS::ECS::Service',
  'AWS::SSM::Parameter',
  'AWS::CodeBuild::Project',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
]

/**
 * Whether the services have to be made anew with a resource. They read the identity of one that will have a new one:
 * CloudFormation gives an export no new value while somebody imports it, so that its readers have to go first. And with
 * another database there is another realm, whose keys the auth server would not ask for within the hour for which it
 * remembers those of the old one.
 */
export function needsNewServices({deed, type, physicalId, stack}: Damage): boolean {
  if (deed.is !== 'gone') return false
  if (type === 'AWS::RDS::DBCluster') return true
  if (named.includes(type)) return false
  const name = physicalId.slice(physicalId.lastIndexOf('/') + 1)
  return Object.values(stack.outputs).some(value => value.includes(physicalId) || value.includes(name))
}
