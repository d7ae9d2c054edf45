import {templatesFolder} from '../environment/templates.js'
import {invalidInput} from '../errors.js'
import type {DeploySettings} from '../steps/deploy/context.js'
import type {Layout} from '../steps/stacks/stack-targets.js'
import {type Controlled, checkEachParameter, checkGivenParameters} from './check-parameters.js'
import type {GivenParameters} from './given-parameter.js'
import {parseImages, withSlash} from './images.js'
import {requireLoginSecrets} from './login-secrets.js'
import {checkRoleArn} from './service-role.js'
import {checkSkipped} from './skipped-checks.js'
import {takeStudents} from './students.js'
import {readTemplateFolder} from './template-folder.js'

/** The flags of deploy that make its settings. */
export interface DeployFlags {
  environment: string
  layout: string
  parameters: string | undefined
  set: readonly string[] | undefined
  'template-bucket': string | undefined
  'template-prefix': string | undefined
  images: string | undefined
  replace: boolean
  'replace-data': boolean
  repair: boolean
  'accept-loss': readonly string[] | undefined
  'on-failure': string
  'service-role': string | undefined
  express: boolean
  timeout: string
  verify: boolean
  realm: boolean
  students: string | undefined
  'skip-check': readonly string[] | undefined
}

/**
 * The settings of a deployment, checked as far as that is possible without AWS.
 * @param everything everything that the user gave as parameters, the students among it
 * @param options.isPart more comes to it later, so that nothing is said yet of what contradicts each other
 * @throws exit code 2 for anything wrong with flags, parameters or templates
 */
export function readDeploySettings(
  flags: DeployFlags,
  everything: GivenParameters,
  {isPart = false} = {},
): DeploySettings {
  const skippedChecks = checkSkipped(flags['skip-check'] ?? [])
  const images = flags.images === undefined ? undefined : parseImages(flags.images)
  const templateBucket = flags['template-bucket']
  const templatePrefix =
    flags['template-prefix'] === undefined ? undefined : withSlash(flags['template-prefix'])
  const {students, from, rest: given} = takeStudents(everything, flags.students)
  if (students !== undefined && !flags.realm)
    throw invalidInput(
      'INVALID_STUDENTS',
      `${from}: students are given, and --no-realm: they are accounts of the realm that it leaves out.`,
      'Leave out --no-realm, or deploy without students and give them to `mcpgw realm` later.',
    )
  const templates = readTemplateFolder(templatesFolder())
  if (flags.realm) requireLoginSecrets(templates)
  const controlled: Controlled[] = [
    {name: 'EnvironmentName', flag: '--environment', value: flags.environment},
    {name: 'TemplateS3Bucket', flag: '--template-bucket', value: templateBucket},
    {name: 'TemplateS3Prefix', flag: '--template-prefix', value: templatePrefix},
    {name: 'ContainerImagesBucket', flag: '--images', value: images?.bucket},
    {name: 'ContainerImagesPrefix', flag: '--images', value: images?.prefix},
  ]
  const check = isPart ? checkEachParameter : checkGivenParameters
  const parameters = check(templates, given, controlled)
  return {
    layout: flags.layout as Layout,
    templates,
    parameters,
    templateBucket,
    templatePrefix,
    replace: flags.replace,
    replaceData: flags['replace-data'],
    repair: flags.repair,
    acceptedLosses: acceptedLosses(flags),
    onFailure: flags['on-failure'] as DeploySettings['onFailure'],
    express: expressOf(flags),
    ...(flags['service-role'] === undefined ? {} : {serviceRole: checkRoleArn(flags['service-role'])}),
    verify: flags.verify,
    realm: flags.realm,
    students,
    skippedChecks,
  }
}

/**
 * The mode reaches nested stacks, and so the services, which nothing but CloudFormation's waiting keeps from beginning
 * before their database; and what it says of a failure leaves no room for deleting the stack.
 */
function expressOf({express, layout, 'on-failure': onFailure}: DeployFlags): boolean {
  if (!express) return false
  if (layout !== 'individual') {
    throw invalidInput(
      'INVALID_EXPRESS',
      '--express is for --layout individual: in the nested layout express mode would reach the services, too, which would start before their database is ready.',
      'Add --layout individual, or leave out --express.',
    )
  }
  if (onFailure === 'delete') {
    throw invalidInput(
      'INVALID_EXPRESS',
      '--express cannot be combined with --on-failure delete: in express mode CloudFormation either rolls a stack back or keeps it.',
      'Use --on-failure rollback or keep, or leave out --express.',
    )
  }
  return true
}

/** Names of resources as a template has them. */
const logicalIdPattern = /^[A-Za-z0-9]{1,255}$/

function acceptedLosses(flags: Pick<DeployFlags, 'repair' | 'accept-loss'>): readonly string[] {
  const ids = flags['accept-loss'] ?? []
  const wrong = ids.find(id => !logicalIdPattern.test(id))
  if (wrong !== undefined) {
    throw invalidInput(
      'INVALID_ACCEPT_LOSS',
      `--accept-loss: "${wrong}" is no logical id of a resource: letters and digits only.`,
      '`mcpgw verify` names what is lost, with the command for it.',
    )
  }
  if (ids.length > 0 && !flags.repair) {
    throw invalidInput(
      'INVALID_ACCEPT_LOSS',
      '--accept-loss needs --repair: only --repair recreates resources.',
      'Add --repair, or leave out --accept-loss.',
    )
  }
  return [...new Set(ids)]
}
