export {answerPath, receiveAnswer} from './cloudformation/custom-resources.js'
export {receiveSignal, signalPath} from './cloudformation/wait-signals.js'
export {invoke, invokeLater, type LambdaRuntime} from './lambda/invocations.js'
export {
  answerPublicRequest,
  isHostedName,
  type PublicAnswer,
  type PublicRequest,
} from './route53/public-hosts.js'
