import type { LanguageTerms } from "../category-terms.ts";

export const portuguese: LanguageTerms = {
  invoice: {
    names:
      "fatura; factura; nota fiscal; fatura recibo; nota de honorários; fatura proforma; nota de crédito; nota de débito; nota fiscal de serviços",
    strong:
      "número da fatura; fatura n; fatura nº; data da fatura; data de emissão; data de vencimento; vencimento; faturar a; cobrar a; base tributável; valor tributável; incidência; iva; taxa de iva; total a pagar; valor a pagar; valor total; montante em dívida; condições de pagamento; forma de pagamento; prazo de pagamento; pagamento a # dias; a # dias; no prazo de # dias; transferência bancária; dados bancários; nif; nipc; cnpj; contribuinte; retenção; iss; icms; honorários; serviços prestados; juros de mora; mora; boleto; pix; chave de acesso; isento de iva; preço unitário; multibanco; entidade; tomador; prestador",
    usual:
      "subtotal; total; valor; quantidade; qtd; descrição; preço; iban; líquido; ilíquido; imposto; desconto; cliente; referência; horas; unidade",
  },
  receipt: {
    names:
      "recibo; talão; cupom fiscal; fatura simplificada; comprovante; comprovativo de pagamento; talão de compra; recibo de pagamento; cupão",
    strong:
      "caixa; operador; operadora; atendido por; obrigado pela sua visita; obrigado pela preferência; obrigada pela; obrigado e volte sempre; volte sempre; troco; numerário; dinheiro; cartão; cartão de débito; contactless; autorização; terminal; cópia cliente; via do cliente; guarde este talão; conserve; trocas; devoluções; recebi de; recebemos de; a quantia de; a importância de; referente a; pago; mesa; gorjeta; loja; iva incluído; itens; entregue; pontos; multibanco",
    usual: "total; iva; subtotal; artigos; data; hora; un; qtd; valor; preço; eur",
  },
  purchase_order: {
    names:
      "ordem de compra; encomenda; nota de encomenda; pedido de compra; pedido; requisição; confirmação de encomenda",
    strong:
      "número da encomenda; encomenda nº; nº da encomenda; pedido nº; número do pedido; data da encomenda; encomendamos; queiram fornecer; solicitamos o fornecimento; fornecer; local de entrega; morada de entrega; endereço de entrega; entregar em; data de entrega; prazo de entrega; entrega; fornecedor; comprador; departamento de compras; compras; vossa proposta; conforme proposta; cotação; orçamento; confirmar; confirmação; condições de entrega; portes; frete; guia de remessa; faturar a; referência; código do artigo; embalagem; indicar o número; armazém; receção de mercadorias; autorizado por; aprovado por; total da encomenda; mercadoria",
    usual:
      "quantidade; preço unitário; descrição; total; valor; iva; unidades; un; peças; caixas; artigo; qtd; paletes",
  },
  contract: {
    names:
      "contrato; acordo; contrato de arrendamento; contrato de trabalho; contrato de prestação de serviços; contrato de compra e venda; protocolo; acordo de confidencialidade; contrato de locação; termo; aditamento; contrato de aluguel",
    strong:
      "entre; primeiro outorgante; segundo outorgante; primeira outorgante; outorgante; contratante; contratada; contratado; doravante; adiante designad*; designado por; é celebrado; celebram; celebrado entre; as partes; ambas as partes; qualquer das partes; cada parte; a outra parte; considerando que; considerandos; acordam; cláusula; cláusulas; cláusula primeira; cláusula segunda; objeto; objeto do contrato; duração; vigência; prazo; entrada em vigor; denúncia; resolução; rescisão; pré aviso; aviso prévio; incumprimento; inadimplemento; responsabilidade; confidencialidade; força maior; lei aplicável; foro; foro da comarca; tribunal competente; obriga se a; compromete se a; senhorio; arrendatário; inquilino; locador; locatário; vendedor; comprador; prestador; empregador; trabalhador; renda; caução; renovação; em duplicado; duas vias; presente contrato; propriedade intelectual; cessão; testemunhas; por escrito",
    usual: "artigo; obrigações; pagamento; preço; assinatura; condições; anexo; direitos; partes; termos",
  },
  letter: {
    names: "carta; carta de apresentação; ofício; carta de reclamação",
    strong:
      "exmo senhor; exma senhora; exmos senhores; exmo; exma; caro; cara; caros; prezado; prezada; prezados; estimado; estimada; com os melhores cumprimentos; melhores cumprimentos; atenciosamente; cordialmente; com consideração; sem outro assunto; subscrevo me; agradeço; agradecemos; venho por este meio; vimos por este meio; venho; em resposta à; a sua carta; vossa carta; escrevo; lamento; lamentamos; peço desculpa; pedimos desculpa; em anexo; junto envio; assunto; fico ao dispor; ao dispor; aguardo; aguardando; espero; gostaria; não hesite em; tenho o prazer",
    usual: "eu; me; meu; minha; vossa; sua; seu; nós; nossa; nosso; obrigad*; senhor; senhora; cumprimentos",
  },
  resume: {
    names: "curriculum vitae; currículo; cv; currículo profissional; perfil profissional",
    strong:
      "experiência; experiência profissional; percurso profissional; formação; formação académica; formação acadêmica; habilitações; habilitações literárias; educação; competências; habilidades; idiomas; línguas; língua materna; nativo; fluente; intermédio; avançado; interesses; dados pessoais; informação pessoal; data de nascimento; nacionalidade; estado civil; carta de condução; licenciatura; mestrado; bacharelado; doutoramento; graduação; ensino secundário; estágio; estagiári*; atual; presente; até à data; até ao presente; atualmente; perfil; objetivo; referências; voluntariado; cursos; certificações; informática; conhecimentos",
    usual:
      "universidade; instituto; escola; faculdade; responsável; gestão; equipa; equipe; desenvolvimento; inglês; francês; espanhol; português; empresa; coordenação; projetos; anos",
  },
  report: {
    names:
      "relatório; relatório anual; relatório de atividades; relatório e contas; estudo; relatório final; balanço; avaliação; inquérito; diagnóstico; relatório trimestral",
    strong:
      "sumário executivo; resumo executivo; principais conclusões; principais resultados; conclusões; recomendações; recomenda se; recomendamos; metodologia; enquadramento; âmbito; índice; anexos; em comparação com; face ao ano anterior; em relação ao ano anterior; ano anterior; aumentou; diminuiu; cresceu; desceu; por cento; aumento; redução; diminuição; inquérito; inquiridos; encomendado; este relatório; presente relatório; figura #; gráfico #; tabela #; quadro #; exercício; indicadores; evolução; média; perspetivas; tendência",
    usual:
      "análise; dados; resultados; total; percentagem; crescimento; ano; trimestre; fonte; número; objetivos; variação; setor; região; medidas; taxa",
  },
  research_paper: {
    names: "artigo científico; artigo original; tese; dissertação; resumo; artigo de investigação; artigo",
    strong:
      "resumo; palavras chave; abstract; introdução; métodos; materiais e métodos; metodologia; resultados; discussão; conclusão; conclusões; agradecimentos; referências; referências bibliográficas; bibliografia; et al; propomos; apresentamos; mostramos; neste artigo; este artigo; neste trabalho; este trabalho; hipótese*; amostra*; significativ*; desvio padrão; regressão; variância; correlação; coeficiente; modelo; experimento*; experiência; participantes; literatura; estado da arte; equação; revista; vol; pp; doi; departamento de; estudos anteriores",
    usual:
      "universidade; instituto; faculdade; estudo; dados; análise; figura; tabela; distribuição; parâmetro*; método; efeito; observ*; estimativa",
  },
  manual: {
    names:
      "manual; manual de instruções; manual do utilizador; manual do usuário; instruções de utilização; guia do utilizador; guia rápido; guia de instalação; instruções de montagem; instruções de uso",
    strong:
      "aviso; atenção; cuidado; perigo; instruções de segurança; segurança; antes de usar; antes da primeira utilização; primeira utilização; colocação em funcionamento; leia; leia atentamente; guarde; conserve; manutenção; limpeza; limpe; limpar; resolução de problemas; solução de problemas; avarias; problema; causa; solução; código de erro; dados técnicos; especificações; características técnicas; prima; pressione; carregue; mantenha premido; botão; tecla; rode; gire; ligue; desligue; tomada; ficha; cabo de alimentação; alimentação; o aparelho; pisca; acende; visor; ecrã; indicador; retire; insira; coloque; abra; feche; verifique; certifique se; encha; nunca; não utilize; ajuste; parafuso*; garantia; assistência técnica; peças de substituição; conteúdo da embalagem; eletricista; instalação; montagem; clique; selecione; menu; configuração; eliminação",
    usual:
      "aparelho; água; depósito; filtro; bateria; pilhas; temperatura; minutos; segundos; passo; figura; tensão; cabo; software; programa; crianças; tampa; bomba; utilização; dispositivo",
  },
  form: {
    names:
      "formulário; requerimento; ficha de inscrição; impresso; questionário; pedido de; inscrição; formulário de candidatura; declaração; boletim de inscrição; candidatura",
    strong:
      "preencher; preencha; a preencher; em maiúsculas; letra de imprensa; letras maiúsculas; assinale; assinale com; assinalar; marque com; campos obrigatórios; obrigatóri*; riscar o que não interessa; nome; nome completo; apelido; sobrenome; data de nascimento; naturalidade; local de nascimento; cartão de cidadão; cpf; rg; morada; endereço; código postal; cep; localidade; telefone; telemóvel; nacionalidade; estado civil; profissão; declaro; declaro que; sob compromisso de honra; autorizo; aceito; solicito; requer; requerente; assinatura; assinatura do requerente; candidato; uso exclusivo; reservado aos serviços; a preencher pelos serviços; documentos a anexar; anexar; em caso afirmativo; especifique; sim não; encarregado de educação; entregar; parte 1; contribuinte",
    usual: "data; email; sim; não; sexo; número; dados; motivo; rua; n",
  },
  bank_statement: {
    names:
      "extrato; extrato bancário; extrato de conta; extrato de movimentos; extrato combinado; extracto; movimentos; conta à ordem; conta corrente",
    strong:
      "saldo inicial; saldo final; saldo anterior; saldo; saldo contabilístico; saldo disponível; data valor; data mov; data do movimento; descrição do movimento; débito; crédito; débitos; créditos; movimentos; transferência; transferência de; transferência para; trf; débito direto; levantamento; levantamento atm; multibanco; compra; compra cartão; pagamento de serviços; pagamento; ordenado; vencimento; salário; renda; comissão; comissões; imposto do selo; juros; descoberto; titular; titular da conta; número de conta; conta nº; nib; iban; bic; swift; agência; balcão; total de débitos; total de créditos; fundo de garantia; depósito; depósitos; cheque; saque; saldo transportado; transporte; período",
    usual:
      "data; valor; conta; página; folha; total; banco; eur; luz; água; eletricidade; seguro; supermercado; entradas; saídas",
  },
  meeting_minutes: {
    names:
      "ata; acta; ata da reunião; ata de reunião; ata da assembleia; ata número; reunião; assembleia geral; memória de reunião",
    strong:
      "presentes; estiveram presentes; presenças; ausentes; ausências; faltas justificadas; justificou a falta; ordem de trabalhos; ordem do dia; pauta; presidente; presidiu; presidida; secretário; secretária; secretariou; quórum; aos # dias; pelas # horas; reuniu; teve início; aberta a sessão; sessão; encerrada; deu por encerrada; encerramento; nada mais havendo a tratar; lavrou se; lavrada; ata anterior; reunião anterior; aprovação da ata; aprovad*; por unanimidade; unanimidade; abstenções; abstenção; votos; votos a favor; contra; votação; deliberou; deliberação; deliberado; decidido; outros assuntos; próxima reunião; informou; apresentou; propôs; perguntou; agradeceu; interveio; responsável; prazo; ações; direção; tesoureir*; condóminos; vogais; ponto um; ponto #; convocatória",
    usual: "ponto; pontos; horas; relatório; sala; membros; discussão; quem; até; assunto",
  },
  press_release: {
    names: "comunicado de imprensa; nota de imprensa; comunicado; press release; nota à imprensa",
    strong:
      "para divulgação imediata; divulgação imediata; embargo; contacto de imprensa; contactos para a imprensa; assessoria de imprensa; assessoria; gabinete de comunicação; anuncia; anunciou; anunciou hoje; apresenta; inaugura; inauguração; lança; lançamento; abre portas; abre ao público; abrirá; afirmou; afirma; disse; declarou; explicou; explica; sublinha; destacou; segundo; diretor geral; diretora; porta voz; fundador*; fundada em; notas aos editores; nota aos editores; imagens disponíveis; fotografias; para mais informações; mais informações; pela primeira vez",
    usual:
      "novo; nova; hoje; projeto; milhões; público; evento; cidade; visitantes; prémio; empresa; imprensa; abertura; parceria",
  },
  policy: {
    names:
      "política; regulamento; regulamento interno; código de conduta; código de ética; normas; procedimento; política de privacidade; diretriz; regulamento geral; norma interna",
    strong:
      "esta política; a presente política; o presente regulamento; objetivo; âmbito; âmbito de aplicação; aplica se a; aplica se; colaboradores; trabalhadores; funcionários; empregados; pessoal; devem; deve; não podem; não é permitido; é proibido; proibid*; é vedado; vedado; autorização prévia; superior hierárquico; chefia; princípios; responsabilidades; deveres; incumprimento; violação; sanções; disciplinar*; processo disciplinar; despedimento; entrada em vigor; em vigor; aprovado por; aprovada; revisão; próxima revisão; versão; atualização; definições; exceções; comunicar; denúncia; canal de denúncias; recursos humanos; dados pessoais; proteção de dados; rgpd; conformidade; confidencialidade; conflito de interesses; ofertas; presentes; teletrabalho; formação",
    usual:
      "regras; empresa; segurança; saúde; trabalho; equipamento*; despesas; reembols*; pedido; direitos; acesso; informação",
  },
  presentation: {
    names: "apresentação; diapositivos; slides",
    strong:
      "agenda; índice; obrigado; obrigada; obrigado pela atenção; muito obrigado; perguntas; questões; próximos passos; a nossa equipa; nossa equipe; missão; visão; objetivos; desafios; o problema; a solução; conclusões; pontos chave; mensagens chave; em resumo; roteiro; cronograma; onde estamos; números chave; contexto; oportunidade; visão geral",
    usual:
      "crescimento; mercado; clientes; equipa; estratégia; resultados; vendas; plano; t1; t2; t3; t4; projeto; parceiros; lançamento",
  },
  brochure: {
    names: "brochura; folheto; desdobrável; catálogo; programa; preçário; ementa; guia; cardápio; tabela de preços",
    strong:
      "reserve; reserve já; reservas; marque; descubra; venha; venha conhecer; visite; visite nos; desfrute; saboreie; aproveite; ligue; contacte nos; fale connosco; horário; horários; horário de funcionamento; aberto; aberto todos os dias; entrada livre; entrada gratuita; grátis; gratuit*; como chegar; bem vind*; os nossos serviços; oferta válida; oferta especial; promoção; desconto; vale oferta; por pessoa; por noite; a partir de; desde #; para toda a família; toda a família; crianças; adultos; porquê; visitas guiadas; visita guiada; inesquecível; autêntic*; artesanal; caseiro; feito à mão; inscreva se; todo o ano; esperamos por si; vagas limitadas",
    usual:
      "férias; fim de semana; oficinas; relaxar; natureza; hotel; museu; jardim; grupos; sábado; domingo; preços; família; estadia; fresco; praia; passeios",
  },
  legal_filing: {
    names:
      "petição inicial; sentença; acórdão; contestação; recurso; ação; requerimento; despacho; queixa; embargos; apelação",
    strong:
      "tribunal judicial; tribunal da comarca; tribunal da relação; supremo tribunal; juízo; juízo local; excelentíssimo senhor doutor juiz; meritíssimo; vara cível; comarca de; processo n; processo nº; autos; autor; autora; réu; ré; requerente; requerida; requerido; recorrente; mandatário; advogado; advogada; vem; vem propor; intentar; contra; dos factos; dos fatos; do direito; fundamentos; nos termos do; artigo #; código civil; código de processo civil; termos em que; nestes termos; deve a presente; julgada procedente; procedente; improcedente; condenar; condenado; condena; condenação; custas; indemnização; danos; juros de mora; juros à taxa legal; valor da causa; valor da ação; pede deferimento; prova; testemunhas; junta; citação; juiz; decide; acordam; por provado; matéria de facto; exequente",
    usual: "tribunal; direito; pedido; quantia; lei; justiça; processo; parte; sentença; documento",
  },
  medical_report: {
    names:
      "relatório médico; nota de alta; relatório clínico; relatório de alta; resumo de alta; resultados de análises; exame; laudo; laudo médico; atestado médico; análises clínicas; relatório de exame",
    strong:
      "paciente; doente; utente; diagnóstico; antecedentes; antecedentes pessoais; motivo de consulta; motivo de internamento; internamento; internad*; data de admissão; admissão; alta; data de alta; história clínica; história da doença atual; exame objetivo; exame físico; à observação; exames complementares; evolução; terapêutica; tratamento; medicação; medicação na alta; comprimido*; dose; por dia; vezes por dia; tensão arterial; pressão arterial; frequência cardíaca; temperatura; saturação; radiografia; ecografia; tac; ressonância; ecg; hemograma; hemoglobina; leucócitos; creatinina; glicemia; colesterol; pcr; valores de referência; médico de família; hospital; serviço de; centro de saúde; unidade; consulta; seguimento; controlo; alergias; dor; fratura; pneumonia; hipertensão; diabetes; cirurgia; anestesia; lesão; agud*; crónic*; conclusão; sem alterações; recomendações",
    usual:
      "doutor; dr; dra; mg; sangue; coração; esquerd*; direit*; joelho; pulmão; normal; fisioterapia; cuidados; idade; anos; nascid*",
  },
};
