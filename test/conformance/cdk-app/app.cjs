/** A small app with a nested stack, whose template is an asset: `cdk deploy` uploads it before it deploys. */
const {App, CfnOutput, NestedStack, Stack} = require('aws-cdk-lib')
const {Topic} = require('aws-cdk-lib/aws-sns')
const {StringParameter} = require('aws-cdk-lib/aws-ssm')

class Inner extends NestedStack {
  constructor(scope, id) {
    super(scope, id)
    this.topic = new Topic(this, 'Topic', {displayName: 'of the CDK'})
  }
}

class Outer extends Stack {
  constructor(scope, id) {
    super(scope, id)
    const inner = new Inner(this, 'Inner')
    const note = new StringParameter(this, 'Note', {
      parameterName: '/conformance/cdk',
      stringValue: inner.topic.topicName,
    })
    new CfnOutput(this, 'TopicArn', {value: inner.topic.topicArn})
    new CfnOutput(this, 'NoteName', {value: note.parameterName})
  }
}

new Outer(new App(), 'conformance-of-the-cdk')
