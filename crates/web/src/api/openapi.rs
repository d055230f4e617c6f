// SPDX-License-Identifier: EUPL-1.2
//! The description of the API, made from the handlers themselves: each extractor and each answer tells what
//! it takes or gives, so that code and description cannot come apart.

use super::kit::{ApiId, ApiJson, ApiOops, ApiQuery, ApiUser, Keyless, Problem};
use super::words::{Ident, Made, Reference};
use crate::kit::routes::Route;
use crate::kit::{Asks, Routes, Web};
use axum::Json;
use axum::extract::State;
use axum::handler::Handler;
use axum::response::IntoResponse;
use utoipa::openapi::path::{HttpMethod, Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, Content, Info, License, OpenApi, OpenApiBuilder, Paths, Ref, RefOr, Required, ResponseBuilder,
    Schema,
};
use utoipa::{IntoParams, PartialSchema, ToSchema};

/// Name of the way to sign in.
const BEARER: &str = "bearer";

/// What the parts of a handler have told.
#[derive(Default)]
pub struct Told {
    parameters: Vec<Parameter>,
    body: Option<Ref>,
    schemas: Vec<(String, RefOr<Schema>)>,
    answer: Option<(&'static str, Ref)>,
    signed_in: bool,
}

impl Told {
    fn schema_of<T: ToSchema>(&mut self) -> Ref {
        T::schemas(&mut self.schemas);
        self.schemas.push((T::name().into_owned(), T::schema()));
        Ref::from_schema_name(T::name())
    }

    fn id_parameter(&mut self, name: &str, place: ParameterIn, description: &str) {
        let parameter = ParameterBuilder::new().name(name).parameter_in(place).required(Required::True);
        self.parameters.push(parameter.description(Some(description)).schema(Some(Ident::schema())).build());
    }
}

/// A part of a handler: something it takes or gives.
pub trait Tells {
    /// Adds to the description.
    fn tell(told: &mut Told);
}

impl Tells for State<Web> {
    fn tell(_: &mut Told) {}
}

impl Tells for ApiUser {
    fn tell(told: &mut Told) {
        told.signed_in = true;
    }
}

impl<T> Tells for ApiId<T> {
    fn tell(told: &mut Told) {
        told.id_parameter("id", ParameterIn::Path, "Which one.");
    }
}

impl<T: IntoParams> Tells for ApiQuery<T> {
    fn tell(told: &mut Told) {
        told.parameters.extend(T::into_params(|| Some(ParameterIn::Query)));
    }
}

impl<T: ToSchema> Tells for ApiJson<T> {
    fn tell(told: &mut Told) {
        let description = "A UUID made by the client for this one act; sending it again does nothing twice.";
        told.id_parameter("Idempotency-Key", ParameterIn::Header, description);
        Keyless::<T>::tell(told);
    }
}

impl<T: ToSchema> Tells for Keyless<T> {
    fn tell(told: &mut Told) {
        told.body = Some(told.schema_of::<T>());
    }
}

impl<T: ToSchema> Tells for Json<T> {
    fn tell(told: &mut Told) {
        let schema = told.schema_of::<T>();
        told.answer = Some(("200", schema));
    }
}

impl Tells for Made {
    fn tell(told: &mut Told) {
        let schema = told.schema_of::<Reference>();
        told.answer = Some(("201", schema));
    }
}

/// A handler all of whose parts can be described.
pub trait Described<Parts> {
    /// Adds to the description.
    fn describe(told: &mut Told);
}

macro_rules! described {
    ($($part:ident),+) => {
        impl<F, Fut, Out, $($part),+> Described<(Fut, Out, $($part,)+)> for F
        where
            F: Fn($($part),+) -> Fut,
            Fut: Future<Output = Result<Out, ApiOops>>,
            Out: Tells,
            $($part: Tells),+
        {
            fn describe(told: &mut Told) {
                $($part::tell(told);)+
                Out::tell(told);
            }
        }
    };
}
described!(A, B);
described!(A, B, C);
described!(A, B, C, D);

/// Doors of a room of the API, each with its description.
pub struct Doors {
    routes: Routes,
    paths: Paths,
    schemas: Vec<(String, RefOr<Schema>)>,
}

impl Default for Doors {
    fn default() -> Self {
        let routes = Routes::refusing_with(|oops| ApiOops::from(oops).into_response());
        Self { routes, paths: Paths::default(), schemas: Vec::new() }
    }
}

impl Doors {
    /// Something to look at.
    #[must_use]
    pub fn get<H, T, P>(mut self, path: &'static str, asks: Asks, summary: &str, handler: H) -> Self
    where
        H: Handler<T, Web> + Described<P>,
        T: 'static,
    {
        self.describe::<H, P>(Route { method: "GET", path, asks }, summary);
        Self { routes: self.routes.get(path, asks, handler), ..self }
    }

    /// Something to do.
    #[must_use]
    pub fn post<H, T, P>(mut self, path: &'static str, asks: Asks, summary: &str, handler: H) -> Self
    where
        H: Handler<T, Web> + Described<P>,
        T: 'static,
    {
        self.describe::<H, P>(Route { method: "POST", path, asks }, summary);
        Self { routes: self.routes.post(path, asks, handler), ..self }
    }

    /// Together with another room.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.paths.merge(other.paths);
        self.schemas.extend(other.schemas);
        Self { routes: self.routes.and(other.routes), ..self }
    }

    /// The routes.
    #[must_use]
    pub fn into_routes(self) -> Routes {
        self.routes
    }

    fn describe<H: Described<P>, P>(&mut self, route: Route, summary: &str) {
        let mut told = Told::default();
        H::describe(&mut told);
        self.schemas.append(&mut told.schemas);
        let method = if route.method == "GET" { HttpMethod::Get } else { HttpMethod::Post };
        self.paths.add_path_operation(route.path, vec![method], operation(route, summary, told));
    }

    /// The description of all doors.
    #[must_use]
    pub fn document(self) -> OpenApi {
        let mut info = Info::new("Sozialraum JSON API", env!("CARGO_PKG_VERSION"));
        info.license = Some(License::new("EUPL-1.2"));
        info.description = Some("The same use cases as the pages, with the same permissions and the same log.".into());
        let problem = [(Problem::name().into_owned(), Problem::schema())];
        let mut schemas = self.schemas;
        Problem::schemas(&mut schemas);
        let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        let components = ComponentsBuilder::new().schemas_from_iter(schemas).schemas_from_iter(problem);
        let components = components.security_scheme(BEARER, bearer).build();
        OpenApiBuilder::new().info(info).paths(self.paths).components(Some(components)).build()
    }
}

fn operation(route: Route, summary: &str, told: Told) -> Operation {
    let inner = route.path.trim_start_matches("/api/v1/");
    let name: Vec<&str> = inner.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let operation =
        OperationBuilder::new()
            .tag(name.first().copied().unwrap_or_default())
            .operation_id(Some(format!("{}_{}", route.method.to_lowercase(), name.join("_"))))
            .summary(Some(summary))
            .description(Some(format!("Asks for: {}.", route.asks.code())))
            .parameters(Some(told.parameters))
            .request_body(told.body.map(|schema| {
                RequestBodyBuilder::new().content("application/json", Content::new(Some(schema))).build()
            }))
            .response(
                "default",
                ResponseBuilder::new()
                    .description("A problem (RFC 9457).")
                    .content("application/problem+json", Content::new(Some(Ref::from_schema_name(Problem::name())))),
            );
    let operation = told.answer.into_iter().fold(operation, |operation, (status, schema)| {
        let done = ResponseBuilder::new().description("Done.");
        operation.response(status, done.content("application/json", Content::new(Some(schema))))
    });
    let security = told.signed_in.then(|| SecurityRequirement::new::<_, [&str; 0], _>(BEARER, []));
    security.into_iter().fold(operation, OperationBuilder::security).build()
}

#[cfg(test)]
mod tests {
    use super::super::DOCUMENT;
    use crate::kit::messages::has;
    use std::collections::BTreeSet;

    fn json() -> serde_json::Value {
        serde_json::to_value(&*DOCUMENT).unwrap()
    }

    #[test]
    fn every_route_is_described_and_every_description_is_a_route() {
        let routes = crate::listing().into_iter().filter(|route| route.path.starts_with("/api/v1"));
        let routes: BTreeSet<_> = routes.map(|route| format!("{} {}", route.method, route.path)).collect();
        let json = json();
        let paths = json["paths"].as_object().unwrap().iter();
        let described = paths.flat_map(|(path, item)| {
            item.as_object().unwrap().keys().map(move |method| format!("{} {path}", method.to_uppercase()))
        });
        assert_eq!(described.collect::<BTreeSet<_>>(), routes);
        assert!(routes.len() > 35, "{routes:?}");
    }

    #[test]
    fn every_reference_leads_somewhere_and_no_operation_has_the_name_of_another() {
        let json = json();
        let text = json.to_string();
        for name in text.split("\"#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(json["components"]["schemas"].get(name).is_some(), "{name}");
        }
        let names: Vec<&str> = text.split("\"operationId\":\"").skip(1).filter_map(|r| r.split('"').next()).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
        assert_eq!(json["openapi"], "3.1.0");
    }

    #[test]
    fn no_answer_that_only_people_can_give_has_a_default() {
        let json = json();
        let required = |schema: &str, field: &str| {
            let schema = &json["components"]["schemas"][schema];
            assert!(schema["properties"][field].get("default").is_none(), "{field}");
            schema["required"].as_array().is_some_and(|all| all.iter().any(|name| name == field))
        };
        assert!(required("ReportIn", "danger"));
        assert!(required("ReporterIn", "kind"));
        assert!(required("StatementIn", "kind"));
        assert!(required("IdeaIn", "kind"));
        assert!(required("DecisionIn", "granted"));
        assert!(required("DecisionIn", "help"));
        assert!(!json.to_string().contains("\"default\":\"\""));
    }

    #[test]
    fn only_signing_in_works_without_signing_in_and_every_other_change_asks_for_a_key() {
        for (path, item) in json()["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                assert_eq!(operation.get("security").is_some(), path != "/api/v1/sessions", "{path}");
                let key = operation["parameters"].to_string().contains("Idempotency-Key");
                assert_eq!(key, method == "post" && !path.starts_with("/api/v1/sessions"), "{method} {path}");
            }
        }
    }

    #[test]
    fn the_way_an_agenda_is_listed_names_no_case() {
        let json = json();
        assert!(json["components"]["schemas"]["ItemOut"]["properties"].get("case").is_none());
    }

    #[test]
    fn every_problem_has_its_sentences() {
        let kinds = [
            "signed-out",
            "key-missing",
            "unreadable",
            "too-large",
            "too-slow",
            "not-found",
            "wrong-method",
            "forbidden",
            "refused",
            "stale",
            "key-reused",
            "broken",
        ];
        for kind in kinds {
            assert!(has(&format!("problem-{kind}")) && has(&format!("problem-{kind}-do")), "{kind}");
        }
    }
}
