//! Roles that are reached by handing them to a service that the caller can make run (ACCT-61, ACCT-62).

use super::EdgeKind;
use super::edges::Drawing;
use crate::analysis::Target;
use crate::analysis::account::survey::{Granted, Node};
use crate::ident::Arn;
use crate::model::Role;

const LAMBDA: &str = "lambda.amazonaws.com";
const EC2: &str = "ec2.amazonaws.com";
const CLOUD_FORMATION: &str = "cloudformation.amazonaws.com";

/// What a launch is asked about beside the instance (EVAL-3).
const OF_A_LAUNCH: [&str; 4] = [
    "network-interface/eni-0aaaaaaaaaaaaaaaa",
    "security-group/sg-0aaaaaaaaaaaaaaaa",
    "subnet/subnet-0aaaaaaaaaaaaaaaa",
    "volume/vol-0aaaaaaaaaaaaaaaa",
];

/// The ways by which a role can be passed.
pub(super) fn services(drawing: &Drawing<'_>, other: &Node, role: &Role) -> Vec<(EdgeKind, Granted)> {
    if !drawing.node.could("iam:PassRole") {
        return Vec::new();
    }
    let ways = [
        (EdgeKind::PassRoleLambda, lambda(drawing, other)),
        (EdgeKind::PassRoleEc2, ec2(drawing, other, role)),
        (EdgeKind::PassRoleCloudFormation, cloud_formation(drawing, other)),
    ];
    ways.into_iter().filter_map(|(kind, granted)| Some((kind, granted?))).collect()
}

fn pass(drawing: &Drawing<'_>, role: &Node, service: &str, associated: Option<&str>) -> Option<Target> {
    let mut target = drawing.survey.target("iam:PassRole", &role.arn)?;
    target.context.set("iam:PassedToService", service);
    if let Some(arn) = associated {
        target.context.set("iam:AssociatedResourceArn", arn);
    }
    Some(target)
}

fn lambda(drawing: &Drawing<'_>, role: &Node) -> Option<Granted> {
    const RUN: [&str; 3] = ["lambda:InvokeFunction", "lambda:AddPermission", "lambda:CreateEventSourceMapping"];
    let can_start = drawing.node.could("lambda:CreateFunction") && RUN.iter().any(|run| drawing.node.could(run));
    if !can_start || !drawing.survey.service_assumes(LAMBDA, &role.arn, "lambda", "function:any-function") {
        return None;
    }
    let functions = candidates(drawing, "lambda", "function:any-function");
    functions.iter().find_map(|function| {
        let pass = pass(drawing, role, LAMBDA, Some(function))?;
        let create = drawing.survey.target("lambda:CreateFunction", function)?;
        RUN.iter().filter(|run| drawing.node.could(run)).find_map(|run| {
            let mut start = drawing.survey.target(run, function)?;
            start.context.set("lambda:FunctionArn", function.as_str());
            drawing.survey.granted(drawing.node, &[pass.clone(), create.clone(), start])
        })
    })
}

fn ec2(drawing: &Drawing<'_>, other: &Node, role: &Role) -> Option<Granted> {
    let survey = drawing.survey;
    if !drawing.node.could("ec2:RunInstances") || !survey.service_assumes(EC2, &other.arn, "ec2", "instance/any") {
        return None;
    }
    let profile = survey.account.instance_profiles.iter().find(|profile| profile.role.as_ref() == Some(&role.name));
    let in_profile = match profile {
        Some(profile) => (survey.account.arn("instance-profile", &profile.path, &profile.name), Vec::new()),
        None => {
            let arn = survey.iam_arn("instance-profile/any-profile");
            let make = survey.target("iam:CreateInstanceProfile", &arn)?;
            let fill = survey.target("iam:AddRoleToInstanceProfile", &arn)?;
            (arn, vec![make, fill])
        }
    };
    candidates(drawing, "ec2", "instance/i-0aaaaaaaaaaaaaaaa").iter().find_map(|instance| {
        let named = Arn::parse(instance).filter(|arn| arn.resource.starts_with("instance/"))?;
        let mut all = vec![pass(drawing, other, EC2, Some(instance))?];
        all.extend(in_profile.1.iter().cloned());
        let mut launch = survey.target("ec2:RunInstances", instance)?;
        launch.context.set("ec2:InstanceProfile", in_profile.0.as_str());
        all.push(launch);
        let image = format!("arn:aws:ec2:{}::image/ami-0aaaaaaaaaaaaaaaa", named.region);
        let mut image = Target { account: None, ..survey.target("ec2:RunInstances", &image)? };
        image.context.remove("aws:ResourceAccount");
        all.push(image);
        for part in OF_A_LAUNCH {
            let arn = format!("arn:aws:ec2:{}:{}:{part}", named.region, survey.account.id);
            all.push(survey.target("ec2:RunInstances", &arn)?);
        }
        survey.granted(drawing.node, &all)
    })
}

fn cloud_formation(drawing: &Drawing<'_>, role: &Node) -> Option<Granted> {
    let survey = drawing.survey;
    let can_start = drawing.node.could("cloudformation:CreateStack");
    if !can_start || !survey.service_assumes(CLOUD_FORMATION, &role.arn, "cloudformation", "stack/any-stack/any") {
        return None;
    }
    candidates(drawing, "cloudformation", "stack/any-stack/any").iter().find_map(|stack| {
        let mut create = survey.target("cloudformation:CreateStack", stack)?;
        create.context.set("cloudformation:RoleArn", &*role.arn);
        survey.granted(drawing.node, &[pass(drawing, role, CLOUD_FORMATION, Some(stack))?, create])
    })
}

/// ARNs for something new of a service: one with any name, and those that the caller's own policies leave room for. Whoever
/// creates a thing chooses its name, so a limit to a prefix stops nobody.
fn candidates(drawing: &Drawing<'_>, service: &str, any: &str) -> Vec<String> {
    let id = drawing.survey.account.id.as_str();
    let mut found = vec![format!("arn:aws:{service}:us-east-1:{id}:{any}")];
    for policy in drawing.node.caller.policies.identity.as_slice() {
        let statements = policy.compiled.document().statements.iter();
        let elements = statements.filter_map(|statement| statement.resource.as_ref());
        for entry in elements.filter(|element| !element.negated).flat_map(|element| element.entries.iter()) {
            let Some(arn) = Arn::parse(&entry.value).filter(|arn| arn.service == service) else { continue };
            let filled = |text: &str, with: &str| text.replace('*', with).replace('?', "x");
            let (region, resource) = (filled(arn.region, "us-east-1"), filled(arn.resource, "x"));
            let arn = format!("arn:aws:{service}:{region}:{id}:{resource}");
            if !found.contains(&arn) {
                found.push(arn);
            }
        }
    }
    found
}
