import type { LanguageTerms } from "../category-terms.ts";

export const spanish: LanguageTerms = {
  invoice: {
    names:
      "factura; factura proforma; minuta de honorarios; nota de honorarios; factura simplificada; factura rectificativa; nota de abono; recibo de honorarios; nota de cargo",
    strong:
      "número de factura; nº de factura; factura nº; factura n; fecha de factura; fecha de emisión; fecha de vencimiento; vencimiento; facturar a; facturado a; base imponible; iva; tipo de iva; total a pagar; importe total; importe a pagar; total factura; forma de pago; condiciones de pago; pago a # días; a # días; transferencia; transferencia bancaria; domiciliación; cuenta bancaria; nif; cif; retención; irpf; rfc; folio fiscal; cuit; honorarios; servicios prestados; por los servicios; precio unitario; plazo de pago; intereses de demora; mora; recargo; páguese; abonar; se ruega; registro mercantil; saldo pendiente; total adeudado; iva incluido",
    usual:
      "subtotal; total; importe; cantidad; precio; concepto; descripción; horas; unidades; iban; neto; impuesto*; descuento; cliente; referencia; dto; cuota; mano de obra",
  },
  receipt: {
    names:
      "recibo; ticket; tique; ticket de compra; comprobante; comprobante de pago; recibo de caja; boleta; justificante de pago",
    strong:
      "caja; cajero; cajera; le atendió; le ha atendido; atendido por; gracias por su compra; gracias por su visita; vuelva pronto; cambio; entregado; efectivo; tarjeta; contactless; sin contacto; autorización; nº operación; operación; terminal; comercio; copia cliente; copia para el cliente; conserve este ticket; conserve; devoluciones; cambios y devoluciones; recibí; recibimos de; recibido de; la cantidad de; la suma de; en concepto de; pagado; mesa; comensales; propina; tienda; puntos; iva incluido; su cambio; art; artículos",
    usual: "total; iva; subtotal; visa; mastercard; hora; fecha; uds; importe; precio; base",
  },
  purchase_order: {
    names:
      "orden de compra; pedido; hoja de pedido; pedido de compra; nota de pedido; solicitud de compra; confirmación de pedido",
    strong:
      "número de pedido; nº de pedido; pedido nº; fecha de pedido; orden nº; sírvanse; rogamos suministren; les rogamos nos suministren; solicitamos; dirección de entrega; lugar de entrega; entregar en; fecha de entrega; plazo de entrega; entrega; proveedor; comprador; departamento de compras; compras; según su oferta; su oferta; su presupuesto; presupuesto; cotización; confirmar; confirmen; acuse de recibo; condiciones de entrega; portes; portes pagados; albarán; facturar a; referencia; código de artículo; cantidad solicitada; embalaje; indicar el número de pedido; almacén; recepción de mercancías; autorizado por; total pedido; incoterm",
    usual:
      "cantidad; precio unitario; unidades; descripción; total; importe; iva; mercancía; cajas; artículo; uds; palés; transporte",
  },
  contract: {
    names:
      "contrato; convenio; acuerdo; contrato de arrendamiento; contrato de trabajo; contrato de servicios; contrato de compraventa; acuerdo de confidencialidad; contrato de prestación de servicios; contrato de alquiler; escritura; contrato marco; anexo al contrato",
    strong:
      "reunidos; de una parte; de otra parte; de otra; en adelante; exponen; manifiestan; intervienen; comparecen; las partes; ambas partes; cualquiera de las partes; cada parte; la otra parte; acuerdan; convienen; estipulaciones; cláusulas; cláusula; primera; segunda; tercera; cuarta; quinta; objeto del contrato; duración; vigencia; entrada en vigor; entrará en vigor; resolución; rescisión; resolver el contrato; preaviso; incumplimiento; responsabilidad; confidencialidad; fuerza mayor; ley aplicable; legislación aplicable; jurisdicción; juzgados y tribunales; fuero; se obliga a; se compromete a; el arrendador; el arrendatario; el prestador; el cliente; el comprador; el vendedor; el contratista; el trabajador; la empresa; fianza; renta; prórroga; por duplicado; y en prueba de conformidad; firman; presente contrato; propiedad intelectual; cesión; indemniz*; penalización; obligaciones de",
    usual:
      "artículo; plazo; precio; pago; por escrito; firma; condiciones; derechos; obligaciones; anexo; término; acuerdo",
  },
  letter: {
    names: "carta; carta de presentación; carta de reclamación; escrito",
    strong:
      "estimado señor; estimada señora; estimado; estimada; estimados; muy señor mío; muy señores míos; querido; querida; apreciado; distinguido; atentamente; le saluda atentamente; saludos cordiales; un cordial saludo; un saludo; reciba un; sin otro particular; quedo a su disposición; quedamos a su disposición; me dirijo a usted; nos dirigimos a usted; le escribo; les escribo; en respuesta a su; agradezco; le agradezco; le agradecemos; su carta; su escrito; me complace; nos complace; lamento; lamentamos; siento; adjunto; adjunto le; le adjunto; asunto; espero; a la espera de; en espera de; le ruego; no dude en; quisiera; me gustaría; tengo el gusto",
    usual: "yo; me; mi; mis; usted; ustedes; le; su; nos; nuestra; nuestro; gracias; señor; señora; carta; ruego",
  },
  resume: {
    names: "currículum; curriculum vitae; currículum vitae; cv; hoja de vida; perfil profesional; trayectoria",
    strong:
      "experiencia; experiencia profesional; experiencia laboral; trayectoria profesional; formación; formación académica; estudios; educación; titulación; idiomas; lengua materna; nativo; nativa; nivel alto; nivel medio; fluido; habilidades; competencias; aptitudes; conocimientos; conocimientos informáticos; informática; aficiones; intereses; datos personales; fecha de nacimiento; nacionalidad; carné de conducir; permiso de conducir; licenciad*; grado en; máster; máster en; diplomad*; doctorado; bachillerato; prácticas; becari*; actualidad; hasta la actualidad; presente; perfil; referencias; voluntariado; cursos; certificad*; logros; sobre mí; disponibilidad",
    usual:
      "universidad; instituto; escuela; responsable; gestión; equipo; desarrollo; inglés; francés; alemán; español; catalán; empresa; coordinación; técnic*; excel; ventas; proyectos; años",
  },
  report: {
    names:
      "informe; informe anual; memoria; memoria anual; informe de gestión; estudio; informe final; informe de situación; balance; informe trimestral; evaluación; diagnóstico; encuesta",
    strong:
      "resumen ejecutivo; principales resultados; hallazgos; principales conclusiones; conclusiones; recomendaciones; se recomienda; recomendamos; metodología; antecedentes; alcance; índice; anexos; en comparación con; respecto al año anterior; año anterior; aumentó; disminuyó; creció; descendió; por ciento; aumento; descenso; incremento; encuesta*; encuestad*; encargado por; este informe; presente informe; figura #; gráfico #; tabla #; cuadro #; ejercicio; cifras clave; perspectivas; indicadores; evolución; promedio; media; tendencia*",
    usual:
      "análisis; datos; resultados; total; porcentaje; crecimiento; año; trimestre; fuente; número; objetivos; variación; sector; región; medidas; tasa",
  },
  research_paper: {
    names:
      "artículo de investigación; artículo original; tesis; artículo científico; resumen; trabajo de fin de grado; ponencia",
    strong:
      "resumen; palabras clave; abstract; introducción; métodos; metodología; materiales y métodos; material y métodos; resultados; discusión; conclusiones; agradecimientos; referencias; bibliografía; referencias bibliográficas; et al; proponemos; presentamos; mostramos; se midió; se midieron; este artículo; en este artículo; este trabajo; en este trabajo; hipótesis; muestra; muestras; significativ*; desviación típica; desviación estándar; regresión; varianza; correlación; coeficiente; modelo; experimento*; participantes; literatura; estado del arte; ecuación; revista; vol; pp; doi; departamento de; estudios previos",
    usual:
      "universidad; instituto; facultad; estudio; datos; análisis; figura; tabla; distribución; parámetro*; método; efecto; observ*; estimación",
  },
  manual: {
    names:
      "manual; manual de usuario; manual de instrucciones; instrucciones de uso; guía de usuario; guía rápida; manual de instalación; guía de instalación; instrucciones de montaje; instrucciones",
    strong:
      "advertencia; atención; precaución; peligro; instrucciones de seguridad; seguridad; antes de usar; antes del primer uso; primer uso; puesta en marcha; lea; lea atentamente; conserve; guarde; mantenimiento; limpieza; limpie; limpiar; solución de problemas; resolución de problemas; averías; problema; causa; solución; código de error; datos técnicos; especificaciones técnicas; especificaciones; pulse; presione; mantenga pulsado; botón; tecla; gire; enchufe; desenchufe; conecte; desconecte; toma de corriente; cable de alimentación; alimentación; el aparato; encienda; apague; encender; apagar; parpadea; se enciende; pantalla; indicador; retire; inserte; coloque; abra; cierre; compruebe; asegúrese; asegúrese de; llene; nunca; no utilice; ajuste; tornillo*; garantía; servicio técnico; piezas de repuesto; repuestos; contenido de la caja; electricista; instalación; montaje; haga clic; seleccione; menú; configuración; eliminación de residuos",
    usual:
      "aparato; agua; depósito; filtro; batería; pilas; temperatura; minutos; segundos; paso; figura; tensión; cable; software; programa; niños; tapa; bomba; uso; dispositivo; equipo",
  },
  form: {
    names:
      "formulario; solicitud; impreso; ficha de inscripción; hoja de inscripción; cuestionario; solicitud de; inscripción; formulario de solicitud; declaración; boletín de inscripción; hoja de reclamaciones",
    strong:
      "rellenar; rellene; cumplimentar; cumplimente; en mayúsculas; letra de imprenta; letras mayúsculas; marque con una x; marque; marcar; casilla*; campos obligatorios; obligatori*; táchese lo que no proceda; nombre; nombre y apellidos; apellidos; primer apellido; segundo apellido; fecha de nacimiento; lugar de nacimiento; dni; nie; pasaporte; domicilio; código postal; localidad; provincia; teléfono; nacionalidad; estado civil; profesión; declaro; declaro que; declara bajo; bajo mi responsabilidad; autorizo; acepto; solicito; firma; firma del solicitante; solicitante; a rellenar por; uso interno; espacio reservado; reservado para; documentación que se adjunta; documentación; en caso afirmativo; especifique; sí no; padre madre o tutor; representante legal; entregar en; presentar en",
    usual: "fecha; correo electrónico; email; sí; no; sexo; móvil; número; datos; motivo; calle; piso",
  },
  bank_statement: {
    names:
      "extracto bancario; extracto de cuenta; estado de cuenta; extracto; movimientos de cuenta; resumen de cuenta; extracto de movimientos; cuenta corriente",
    strong:
      "saldo anterior; saldo inicial; saldo final; saldo actual; nuevo saldo; saldo; saldo disponible; fecha valor; fecha operación; f valor; concepto; cargo; cargos; abono; abonos; debe; haber; movimientos; transferencia; transferencia recibida; transferencia a; recibo; domiciliación; cajero; retirada de efectivo; reintegro; compra tarjeta; pago con tarjeta; nómina; alquiler; comisión; comisiones; intereses; descubierto; titular; titular de la cuenta; número de cuenta; cuenta nº; iban; bic; oficina; entidad; sucursal; período; periodo; total cargos; total abonos; fondo de garantía; depósito; depósitos; retiros; ingresos; bizum",
    usual: "fecha; importe; cuenta; página; hoja; total; banco; eur; luz; agua; seguro; supermercado",
  },
  meeting_minutes: {
    names:
      "acta; acta de reunión; acta de la reunión; acta de la sesión; acta de la junta; minuta; minuta de reunión; junta general; reunión; asamblea; junta de propietarios",
    strong:
      "asistentes; presentes; asisten; ausentes; excusan; excusa su asistencia; excusad*; orden del día; presidente; presidenta; preside; secretario; secretaria; actúa como secretario; quórum; se abre la sesión; abre la sesión; se inicia; da comienzo; siendo las; se levanta la sesión; levanta la sesión; fin de la sesión; lectura y aprobación; aprobación del acta; acta anterior; sesión anterior; aprueba; se aprueba; aprobad*; por unanimidad; unanimidad; abstenciones; votos; votos a favor; en contra; votación; acuerdo; acuerdos; se acuerda; acuerdan; ruegos y preguntas; próxima reunión; próxima sesión; informa; informa de; expone; propone; pregunta; agradece; interviene; responsable; plazo; tareas; vocales; vocal; junta directiva; comité; tesorer*; propietarios; convocatoria; primera convocatoria; segunda convocatoria",
    usual: "punto; horas; puntos; informe; sala; debate; miembros; reunión; quién; cuándo; acción; seguimiento",
  },
  press_release: {
    names: "nota de prensa; comunicado de prensa; comunicado; boletín de prensa",
    strong:
      "para su publicación inmediata; publicación inmediata; embargad*; embargo; contacto de prensa; contacto para medios; contacto para prensa; gabinete de prensa; departamento de comunicación; comunicación; anuncia; ha anunciado; anunció; anunció hoy; presenta; inaugura; inaugurará; lanza; lanzamiento; abre sus puertas; abrirá; declaró; afirmó; afirma; señaló; señala; explicó; explica; destacó; destaca; ha asegurado; dijo; aseguró; según; director general; directora general; portavoz; fundador*; fundada en; notas para los editores; nota a los editores; imágenes disponibles; fotografías; para más información; más información; por primera vez",
    usual:
      "nuevo; nueva; hoy; proyecto; millones; público; evento; ciudad; región; visitantes; premio; empresa; prensa; apertura; alianza; acuerdo",
  },
  policy: {
    names:
      "política; política de privacidad; reglamento; reglamento interno; código de conducta; normas; normativa; normas internas; código ético; procedimiento; protocolo; directriz; directrices; política de viajes; política de teletrabajo",
    strong:
      "esta política; la presente política; presente política; objeto; ámbito; ámbito de aplicación; alcance; se aplica a; es de aplicación; empleados; personas empleadas; trabajadores; plantilla; personal; todo el personal; deben; deberán; debe; no podrán; no se permite; queda prohibido; prohibid*; está prohibido; no está permitido; autorización previa; superior; superior jerárquico; responsable directo; principios; responsabilidades; obligaciones; incumplimiento; sanciones; medidas disciplinarias; disciplinari*; régimen disciplinario; despido; entrada en vigor; en vigor; aprobado por; aprobada por; revisión; próxima revisión; versión; actualización; definiciones; excepciones; notificar; comunicar; canal de denuncias; recursos humanos; rrhh; datos personales; protección de datos; cumplimiento; confidencialidad; conflicto de intereses; regalos; teletrabajo; formación",
    usual:
      "reglas; normas; empresa; seguridad; salud; trabajo; equipo; gastos; reembolso; solicitud; plazo; derechos; acceso; información",
  },
  presentation: {
    names: "presentación; diapositivas; ponencia",
    strong:
      "agenda; índice; gracias; muchas gracias; gracias por su atención; gracias por vuestra atención; preguntas; preguntas?; próximos pasos; siguientes pasos; nuestro equipo; nuestra misión; nuestra visión; objetivos; retos; desafíos; el problema; la solución; conclusiones; ideas clave; puntos clave; hoja de ruta; calendario; dónde estamos; en resumen; cifras clave; contexto; oportunidad; visión general",
    usual:
      "crecimiento; mercado; clientes; equipo; estrategia; resultados; ventas; plan; t1; t2; t3; t4; proyecto; socios; lanzamiento; inversión",
  },
  brochure: {
    names: "folleto; tríptico; díptico; catálogo; programa; tarifas; carta; guía; lista de precios",
    strong:
      "reserve; reserva; reserve ya; reserva ya; reservas; descubre; descubra; ven a; venga; visite; visítanos; visítenos; disfruta; disfrute; saborea; llame; llámanos; contáctenos; horario; horarios; horario de apertura; abierto; abierto todos los días; entrada libre; entrada gratuita; gratis; gratuit*; cómo llegar; bienvenid*; nuestros servicios; nuestras clases; oferta válida; oferta; oferta especial; descuento; bono regalo; tarjeta regalo; por persona; por noche; desde #; para toda la familia; toda la familia; en familia; niños; adultos; por qué; por qué elegirnos; visitas guiadas; visita guiada; inolvidable; auténtic*; artesan*; casero; hecho a mano; inscríbete; apúntate; todo el año; te esperamos; le esperamos; plazas limitadas",
    usual:
      "vacaciones; fin de semana; taller*; relax; naturaleza; hotel; museo; jardín; grupos; sábado; domingo; lunes; precios; familia; estancia; fresco; playa; rutas; excursión*",
  },
  legal_filing: {
    names:
      "demanda; sentencia; recurso; querella; auto; recurso de apelación; contestación a la demanda; providencia; escrito de demanda; denuncia; decreto",
    strong:
      "al juzgado; juzgado de primera instancia; juzgado de lo; juzgado; tribunal supremo; tribunal superior; audiencia provincial; audiencia nacional; procedimiento; autos; número de autos; demandante; demandado; demandada; actor; parte actora; parte demandada; recurrente; querellante; procurador*; letrado; letrada; abogado; en nombre y representación; representación; comparezco; como mejor proceda en derecho; digo; hechos; fundamentos de derecho; fundamentos jurídicos; antecedentes de hecho; suplico; suplico al juzgado; solicito al juzgado; otrosí digo; otrosí; fallo; debo condenar; condeno; condene; estimando; desestimo; estimar; costas; condena en costas; código civil; ley de enjuiciamiento civil; enjuiciamiento; lec; daños y perjuicios; intereses legales; indemnización; magistrad*; juez; en virtud de; por medio del presente; notifíquese; cabe recurso; prueba; documento nº; reclamación de cantidad; incumplimiento; de conformidad con",
    usual: "contra; tribunal; derecho; parte; cantidad; demanda; ley; artículo; justicia; escrito; proceso; condena*",
  },
  medical_report: {
    names:
      "informe médico; informe de alta; informe clínico; historia clínica; informe de urgencias; informe de laboratorio; resultados de laboratorio; informe radiológico; certificado médico; analítica; alta hospitalaria; epicrisis",
    strong:
      "paciente; diagnóstico; diagnóstico principal; antecedentes; antecedentes personales; motivo de consulta; motivo de ingreso; enfermedad actual; ingreso; fecha de ingreso; fecha de alta; alta; ingresad*; exploración física; exploración; a la exploración; pruebas complementarias; evolución; evolución clínica; tratamiento; tratamiento al alta; medicación; comprimido*; dosis; cada # horas; al día; tensión arterial; presión arterial; frecuencia cardíaca; temperatura; saturación; radiografía; ecografía; tac; resonancia; electrocardiograma; ecg; analítica; hemograma; hemoglobina; leucocitos; creatinina; glucosa; colesterol; proteína c reactiva; pcr; valores de referencia; rango de referencia; médico de cabecera; atención primaria; hospital; servicio de; centro de salud; consulta; revisión; seguimiento; control; alergias; no alergias; dolor; fractura; neumonía; hipertensión; diabetes; cirugía; intervención; anestesia; lesión; agudo; crónic*; juicio clínico; hallazgos; recomendaciones; nº de historia",
    usual:
      "doctor; doctora; dra; mg; sangre; corazón; izquierd*; derech*; rodilla; pulmón; normal; rehabilitación; fisioterapia; cuidados; edad; años",
  },
};
