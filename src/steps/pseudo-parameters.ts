import type {PseudoParameters} from '../template/evaluation.js'
import {type AwsContext, requireContext} from './context.js'

/** The pseudo parameters of a template in this account; those of a stack too where one is named. */
export function pseudoParameters(
  {aws, identity}: Pick<AwsContext, 'aws' | 'identity'>,
  stack?: {readonly id: string; readonly name: string},
) {
  const {account, partition} = requireContext(identity, 'the account')
  return {
    'AWS::AccountId': account,
    'AWS::Region': aws.region,
    'AWS::Partition': partition,
    'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
    ...(stack === undefined ? {} : {'AWS::StackName': stack.name, 'AWS::StackId': stack.id}),
  } satisfies PseudoParameters
}
