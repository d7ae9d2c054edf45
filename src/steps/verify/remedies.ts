import {awsCommand} from '../../aws/command-line.js'
import {type StackUnit, unitsOf} from '../stacks/units.js'
import type {CheckTarget} from './health.js'

/** How to deploy this environment again; without its layout the command would be refused. */
export function deployLine({commandLine, layout}: Pick<CheckTarget, 'commandLine' | 'layout'>): string {
  const line = commandLine('deploy')
  return layout === 'nested' || line.includes(' --layout ') ? line : `${line} --layout ${layout}`
}

/**
 * What to do about something that its stack made and that somebody deleted. CloudFormation compares templates, so
 * that an update without changes leaves the gap; a drift-aware change set compares with what is really there
 * (CloudFormation User Guide, "Using drift-aware change sets").
 */
export function restore(target: CheckTarget, label: Exclude<StackUnit['label'], 'main'>): string {
  const {environment, layout, aws} = target
  const unit = unitsOf(layout, environment).find(one => one.label === 'main' || one.label === label)
  const stack = unit?.stackName ?? environment
  const previous = "'Stacks[0].Parameters[].{ParameterKey:ParameterKey,UsePreviousValue:`true`}'"
  const parameters = awsCommand(
    aws,
    `cloudformation describe-stacks --stack-name ${stack} --query ${previous} --output json`,
  )
  const changeSet = [
    `cloudformation create-change-set --stack-name ${stack} --change-set-name restore`,
    `--deployment-mode REVERT_DRIFT --use-previous-template --parameters "$(${parameters})"`,
    '--capabilities CAPABILITY_IAM CAPABILITY_NAMED_IAM',
    ...(layout === 'nested' ? ['--include-nested-stacks'] : []),
  ].join(' ')
  const execute = `cloudformation execute-change-set --stack-name ${stack} --change-set-name restore`
  return `Run: ${deployLine(target)}. If that finds nothing to change it cannot bring it back; then have CloudFormation revert the drift: ${awsCommand(aws, changeSet)}, and when it is ready: ${awsCommand(aws, execute)}`
}
