// Only now: if the message could not be sent, the next run tries again.
$getWorkflowStaticData('global').problems = $('What has changed').first().json.problems;
return [];
