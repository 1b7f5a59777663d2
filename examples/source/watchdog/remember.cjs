// Only now: if the message could not be sent, the next run tries again.
Object.assign($getWorkflowStaticData('global'), $('What has changed').first().json.state);
return [];
