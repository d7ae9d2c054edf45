import {awsCommand, shell} from '../../../aws/command-line.js'
import {boundaryParameter} from '../../../environment/permissions-boundary.js'
import {requireContext} from '../../context.js'
import {block, type Check, judgePlanned, pass, warn} from '../check.js'
import {ofType} from '../will-make.js'

/**
 * Whether the roles get a permissions boundary that exists, and get one at all where that may be demanded. Whether a service
 * control policy demands it cannot be asked: IAM's simulator leaves out those that have conditions. Source: IAM user guide,
 * "IAM policy testing with the IAM policy simulator".
 */
export const permissionsBoundary: Check = {
  id: 'permissions-boundary',
  title: 'Permissions boundary',
  looksAt: `with \`${boundaryParameter}\`: the policy that it names; without it, warns when the identity that creates the roles has a permissions boundary: such accounts usually require one for every role`,
  blocksWhen: 'the policy does not exist',
  run: context =>
    judgePlanned(context, async planned => {
      const {aws, settings} = context
      if (ofType(planned, 'AWS::IAM::Role').length === 0) return pass('no roles are created')
      const given = settings.parameters[boundaryParameter]
      if (given) {
        if (await aws.roles.policyExists(given)) return pass(given)
        return block(
          `There is no policy ${given}: IAM would refuse every role.`,
          `Give the ARN of one that exists with --set ${boundaryParameter}=ARN; \`${awsCommand(aws, "iam list-policies --scope All --query 'Policies[].Arn'")}\` lists them.`,
        )
      }
      const identity = requireContext(context.identity, 'the account')
      const maker = settings.serviceRole ?? (await aws.roles.simulated(identity))
      const own = maker === undefined ? undefined : await aws.roles.boundaryOf(maker)
      if (maker === undefined || own === undefined)
        return pass('none is given, and none is known to be required')
      return warn(
        `${maker} has the permissions boundary ${own}; in such accounts, a role is usually refused unless it has the same boundary.`,
        shell`Deploy with --set ${`${boundaryParameter}=${own}`}, unless roles can be created without one.`,
      )
    }),
}
