import {type Check, judgePlanned, pass, skip} from '../check.js'
import {ofType} from '../will-make.js'

/** Whether the account may make distributions: AWS wants some new accounts verified first, and shows it nowhere. */
export const cloudFront: Check = {
  id: 'cloudfront',
  title: 'CloudFront',
  looksAt: 'whether the account has created distributions before',
  run: context =>
    judgePlanned(context, async planned => {
      const wanted = ofType(planned, 'AWS::CloudFront::Distribution').length
      if (wanted === 0) return pass('no distributions are created')
      if (await context.aws.distributions.exist()) return pass('the account has created distributions before')
      return skip(
        'cannot be checked: some new accounts must be verified first, which shows only when a distribution fails',
      )
    }),
}
