import {buildQuotas} from '../../../environment/quotas.js'
import {isMap} from '../../../template/value.js'
import {block, type Check, judgePlanned, pass, skip} from '../check.js'
import {ofType, propertyOf} from '../will-make.js'
import {raiseCommand} from './quotas.js'

/**
 * Whether CodeBuild runs builds of the size that the images are built with. AWS may still hold back the first builds of
 * a new account, which nothing shows beforehand.
 */
export const imageBuild: Check = {
  id: 'image-build',
  title: 'Image build',
  looksAt: "quota of concurrent CodeBuild builds of the project's compute size",
  blocksWhen: 'it is 0',
  run: context =>
    judgePlanned(context, async planned => {
      const {aws} = context
      const [project] = ofType(planned, 'AWS::CodeBuild::Project')
      if (project === undefined) return pass('no build project is created')
      const environment = propertyOf(project, 'Environment')
      const type = isMap(environment) ? String(environment.ComputeType) : ''
      const quota = buildQuotas[type]
      if (quota === undefined) return skip(`no quota is known for builds of the type ${type}`)
      const most = await aws.quotas.value(quota.service, quota.code)
      if (most === undefined) return skip(`Service Quotas does not know quota ${quota.code}`)
      if (most >= 1) return pass(`${most} at a time (${type}), according to the quota`)
      return block(
        `CodeBuild runs no builds of the type ${type} in this account (quota ${quota.code} is ${most}): the images cannot be built or imported.`,
        `Ask for one: \`${raiseCommand(aws, quota, 1)}\`.`,
      )
    }),
}
